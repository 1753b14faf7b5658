import { describe, expectTypeOf, it } from "vitest";
import { type CommandTable, defineCommand } from "./command.ts";

describe("defineCommand", () => {
  it("types the arguments by the option table", () => {
    const command = defineCommand({
      positionals: { image: "picture", others: { several: "pictures" } },
      options: {
        output: { type: "string", required: true, help: "" },
        class: { type: "string", help: "" },
        topP: { type: "number", default: 1, help: "" },
        limit: { type: "integer", min: 1, help: "" },
        color: { type: "choice", choices: ["gray", "ycbcr"], default: "gray", help: "" },
        strip: { type: "boolean", help: "" },
      },
      examples: ["x"],
      async run(args) {
        expectTypeOf(args.image).toEqualTypeOf<string>();
        expectTypeOf(args.others).toEqualTypeOf<readonly string[]>();
        expectTypeOf(args.output).toEqualTypeOf<string>();
        expectTypeOf(args.class).toEqualTypeOf<string | undefined>();
        expectTypeOf(args.topP).toEqualTypeOf<number>();
        expectTypeOf(args.limit).toEqualTypeOf<number | undefined>();
        expectTypeOf(args.color).toEqualTypeOf<"gray" | "ycbcr">();
        expectTypeOf(args.strip).toEqualTypeOf<boolean>();
        return {};
      },
    });
    const table = { encode: { summary: "", load: async () => command } } satisfies CommandTable;
    expectTypeOf(table).toExtend<CommandTable>();
  });
});
