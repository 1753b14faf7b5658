import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { defineCommand } from "./command.ts";
import { outputOption } from "./options.ts";
import { parseWords } from "./parse.ts";

const command = defineCommand({
  positionals: { first: "input", others: { several: "more inputs" } },
  options: {
    out: outputOption("file to write"),
    color: { type: "choice", choices: ["gray", "ycbcr"], default: "gray", help: "channels" },
    topP: { type: "number", min: 0, max: 1, default: 1, help: "probability" },
    count: { type: "integer", min: 1, max: 9, help: "images" },
    note: { type: "string", several: true, help: "what to note" },
    strip: { type: "boolean", help: "draw the strip" },
  },
  examples: ["ondelette x"],
  run: async () => ({}),
});

/** Parses words with `--config` and a file of this content in front. */
async function parse(content: unknown, ...words: string[]) {
  const path = join(await temporaryFolder(), "settings.json");
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return parseWords(command, ["--config", path, ...words]);
}

describe("--config", () => {
  it("reads options by name or as typed, of every type, and the arguments", async () => {
    const content = {
      arguments: ["a", "b", "c"],
      out: "x.png",
      color: "ycbcr",
      "top-p": 0.9,
      count: 3,
      strip: true,
      json: true,
    };
    expect(await parse(content)).toEqual({
      json: true,
      help: false,
      notices: [],
      args: {
        ...{ first: "a", others: ["b", "c"], out: "x.png", color: "ycbcr" },
        ...{ topP: 0.9, count: 3, strip: true },
      },
    });
    expect((await parse({ ...content, "top-p": undefined, topP: 0.5 })).args).toMatchObject({
      topP: 0.5,
    });
    expect((await parse({ ...content, out: undefined, output: "old" })).args).toMatchObject({
      out: "old",
    });
  });

  it("gives an option of several values a list, or one value", async () => {
    const noted = async (note: unknown) =>
      (await parse({ out: "x", arguments: ["a", "b"], note })).args.note;
    expect(await noted(["one", "two"])).toEqual(["one", "two"]);
    expect(await noted("one")).toEqual(["one"]);
    await expect(noted([1])).rejects.toThrow('"note" must be text in quotation marks, not 1');
    await expect(noted([])).rejects.toThrow('"note" must be text in quotation marks, not []');
  });

  it("gives way to the command line, and to defaults where it says nothing", async () => {
    const content = { arguments: ["a", "b"], out: "x.png", count: 3, strip: true };
    const { args } = await parse(content, "c", "d", "-o", "y.png", "--count=4", "--no-strip");
    expect(args).toMatchObject({ first: "c", others: ["d"], out: "y.png", count: 4, strip: false });
    expect(args).toMatchObject({ color: "gray", topP: 1 });
  });

  it("leaves what is required to be required", async () => {
    await expect(parse({ arguments: ["a", "b"] })).rejects.toThrow("--out is missing");
    await expect(parse({ out: "x" })).rejects.toThrow("<first> is missing");
  });

  it.each([
    [{ counts: 3 }, '"counts" is not an option of this command; did you mean "count"?'],
    [
      { zzzzzzzzz: 3 },
      '"zzzzzzzzz" is not an option of this command; the options are out, color, topP, count, note, strip, json',
    ],
    [{ help: true }, '"help" is not an option of this command'],
    [{ config: "other.json" }, '"config" is not an option of this command'],
    [{ count: "three" }, '"count" must be a whole number from 1 to 9, not "three"'],
    [{ count: 2.5 }, '"count" must be a whole number from 1 to 9, not 2.5'],
    [{ count: 10 }, '"count" must be a whole number from 1 to 9, not 10'],
    [{ count: null }, '"count" must be a whole number from 1 to 9, not null'],
    [{ strip: "yes" }, '"strip" must be true or false, not "yes"'],
    [{ color: "red" }, '"color" must be gray or ycbcr, not "red"'],
    [{ out: 7 }, '"out" must be text in quotation marks, not 7'],
    [{ out: "" }, '"out" must be text in quotation marks, not ""'],
    [{ topP: 1, "top-p": 1 }, '"top-p" is given twice, under two names'],
    [{ arguments: "a" }, '"arguments" must be an array of texts, not "a"'],
    [[1], "must hold one JSON object of option names and values"],
    ["{ count: 3 }", "is not valid JSON"],
  ])("%j is refused with the file and the key", async (content, sentence) => {
    await expect(parse(content)).rejects.toThrow(sentence);
    await expect(parse(content)).rejects.toThrow(/settings\.json/);
    await expect(parse(content)).rejects.toMatchObject({ name: "UserError" });
  });

  it("fails with the name of a file that does not exist", async () => {
    await expect(parseWords(command, ["--config", "no.json"])).rejects.toMatchObject({
      code: "ENOENT",
      path: "no.json",
    });
  });
});
