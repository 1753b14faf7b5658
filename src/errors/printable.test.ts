import { expect, it } from "vitest";
import { printable } from "./printable.ts";
import { UserError } from "./userError.ts";

it("control characters and direction marks are written as escapes, all else stays", () => {
  expect(printable("\u001b[2J\u0000\r\u009b\u202e")).toBe("\\x1b[2J\\x00\\x0d\\x9b\\u202e");
  expect(printable("“é”\n\ta 中 \u00a0")).toBe("“é”\n\ta 中 \u00a0");
});

it("the message of a UserError never holds a control character", () => {
  expect(new UserError("a\u001b[2J.png is a folder").message).toBe("a\\x1b[2J.png is a folder");
});
