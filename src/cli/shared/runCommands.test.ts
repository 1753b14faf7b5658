import { mkdir, readdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import type { FormValues } from "../../server/api.ts";
import type { ResumedRun } from "../../server/commands.ts";
import { placesOf } from "../../server/folder/places.ts";
import { commands } from "../commands.ts";
import type { Command, CommandTable } from "../parser/command.ts";
import { parseWords } from "../parser/parse.ts";
import { openRunCommands, runCommands } from "./runCommands.ts";

const table: CommandTable = commands;
const known = await openRunCommands(table);
const formOf = (command: string) => known.forms.find((form) => form.command === command)!;

/** Text options of the commands that name neither a path nor a run, one by one: a new option must be put on one side. */
const plainTexts: readonly string[] = [
  ...["overrides", "mixing", "rates", "models", "init", "rateFactors", "denoise"],
];

test("every text of a form is a path that is checked, the run, or no path", () => {
  for (const { command, fields } of known.forms) {
    const unknown = fields.filter(
      ({ type, role, name }) => type === "text" && role === "text" && !plainTexts.includes(name),
    );
    expect([command, unknown.map(({ name }) => name)]).toEqual([command, []]);
    expect(fields.filter(({ role }) => role === "run").map(({ name }) => name)).toEqual(["out"]);
  }
});

test("the table names paths and options that its commands have", async () => {
  for (const [command, about] of Object.entries(runCommands)) {
    const names = formOf(command).fields.map(({ name }) => name);
    const resumed = "resumes" in about ? about.resumes.options : [];
    for (const name of [...about.paths, ...resumed]) expect(names).toContain(name);
    expect(names.filter((name) => name.startsWith("resume"))).toEqual([]);
    const { options }: Command = await table[command]!.load();
    expect("resume" in options).toBe("resumes" in about);
  }
});

test("a form is made of the command's own table", () => {
  const { fields, resumes, resumeFields } = formOf("sequence train");
  expect(fields.find(({ name }) => name === "layers")).toEqual({
    ...{ name: "layers", type: "integer", role: "text", group: "", several: false },
    ...{ help: "transformer blocks", required: false, min: 1, max: 1000, usual: "4" },
  });
  expect(fields.find(({ name }) => name === "kind")?.choices).toContain("chars");
  expect([resumes, resumeFields]).toEqual([
    "sequence",
    ["steps", "minutes", "threads", "device", "saveEvery"],
  ]);
  expect(formOf("field compare").fields[0]).toMatchObject({
    ...{ name: "inputs", role: "path", several: true, required: true },
  });
});

/** A folder of runs beside data, and places there. */
async function setting() {
  const base = await realpath(await temporaryFolder());
  const root = join(base, "runs");
  await mkdir(root);
  await writeFile(join(base, "photo.png"), "");
  await writeFile(join(base, "-x.png"), "");
  return { base, root, places: placesOf(root, [base], base) };
}

/** What the command itself reads from the words that a form makes. */
async function readBack(words: readonly string[], command: string) {
  const count = command.split(" ").length;
  expect(words.slice(0, count)).toEqual(command.split(" "));
  return (await parseWords(await table[command]!.load(), words.slice(count))).args;
}

describe("values of a form", () => {
  test("become a command line that the command reads as the same values", async () => {
    const { base, root, places } = await setting();
    const values = {
      ...{ inputs: ["photo.png", "-x.png"], out: "set/compared", models: "siren,finer", steps: 10 },
      ...{ seconds: undefined, rateFactors: "--out=/tmp/x" },
    };
    const { run, words } = await known.start("field compare", values, places);
    expect(run).toBe("set/compared");
    expect(await readBack(words, "field compare")).toMatchObject({
      ...{ out: join(root, "set/compared"), models: "siren,finer", steps: 10, seconds: undefined },
      ...{ inputs: ["photo.png", "-x.png"], rateFactors: "--out=/tmp/x" },
    });
    expect(await readdir(base)).toEqual(expect.arrayContaining(["runs"]));

    const line = await known.start(
      "image train",
      { data: ".", out: "a", lossless: true, strict: false, overrides: '{"width":8}' },
      { ...places, input: async (path) => path },
    );
    expect(await readBack(line.words, "image train")).toMatchObject({
      ...{ data: ".", lossless: true, strict: false, overrides: '{"width":8}', resume: false },
    });
  });

  test.each([
    ["a place outside", { out: "../../x" }, /cannot be the name of a run/],
    ["an option as a name", { out: "--resume" }, /cannot be the name of a run/],
    ["an absolute place", { out: "/tmp/x" }, /cannot be the name of a run/],
    ["no name", { out: undefined }, /“out” is missing: run folder/],
    ["no input", { input: undefined }, /“input” is missing: picture/],
    ["an input elsewhere", { input: "/etc/passwd" }, /lies outside of the folders/],
    ["an input by dots", { input: "../../../../etc/passwd" }, /lies outside|does not exist/],
    ["an input that is not there", { input: "none.png" }, /none.png does not exist/],
    ["an unknown option", { input: "photo.png", "out=x --json": "" }, /is not an option here/],
    [
      "an option of the studio's own",
      { input: "photo.png", resume: true },
      /is not an option here/,
    ],
    ["a common option", { input: "photo.png", config: "x.json" }, /is not an option here/],
    ["a text for a number", { input: "photo.png", steps: "7" }, /“steps” must be a whole number/],
    ["a number out of bounds", { input: "photo.png", steps: 0 }, /“steps” must be a whole number/],
    ["an unknown choice", { input: "photo.png", model: "x" }, /“model” must be /],
    ["a list for a text", { out: ["a", "b"] }, /“out” must be text/],
    ["an object", { input: "photo.png", denoise: { a: 1 } as never }, /“denoise” must be text/],
    [
      "a text for a switch",
      { input: "photo.png", tensorboard: "yes" },
      /“tensorboard” must be true/,
    ],
  ])("are refused: %s", async (_, values, message) => {
    const { places } = await setting();
    await expect(
      known.start("field fit", { out: "a", input: "photo.png", ...values }, places),
    ).rejects.toThrow(message);
  });

  test("do not reach data through a link that leads out", async () => {
    const { base, root } = await setting();
    await symlink("/etc", join(root, "linked"));
    const places = placesOf(root, [root], base);
    const values = { input: "runs/linked/passwd", out: "a" };
    await expect(known.start("field fit", values, places)).rejects.toThrow(/lies outside/);
    await expect(
      known.start("field fit", { input: "photo.png", out: "a" }, places),
    ).rejects.toThrow(/lies outside/);
  });

  test("start no command that is not in the table", async () => {
    const { places } = await setting();
    for (const command of ["push", "data get", "studio", "constructor", "image train --json", ""]) {
      await expect(known.start(command, { out: "a" }, places)).rejects.toThrow(
        /is not a command that/,
      );
    }
  });
});

describe("a run that is resumed", () => {
  test("is named with its own command, and a field with its picture", async () => {
    const { places } = await setting();
    const config = { kind: "field", signal: { path: "-x.png" } };
    const { words } = await known.resume({ folder: "/runs/-a", config }, { steps: 7 }, places);
    expect(await readBack(words, "field fit")).toMatchObject({
      ...{ input: "-x.png", out: "/runs/-a", resume: true, steps: 7 },
    });
    const sequence = { folder: "/runs/a", config: { kind: "sequence" } };
    const text = await known.resume(sequence, {}, places);
    expect(text.words).toEqual(["sequence", "train", "--out=/runs/a", "--resume"]);
  });

  test.each([
    ["image", (path: string) => ({ data: { path } })],
    ["image", (encoder: string) => ({ words: { from: { encoder, tokenizer: "photo.png" } } })],
    ["image", (tokenizer: string) => ({ words: { from: { encoder: "photo.png", tokenizer } } })],
    ["image", (embeddings: string) => ({ words: { from: { embeddings } } })],
    ["image-classifier", (path: string) => ({ data: { path } })],
    ["classifier", (path: string) => ({ task: { name: "text", settings: { path } } })],
    ["field", (path: string) => ({ signal: { path } })],
  ])(
    "reads no data outside of the folders, even where the configuration names some: %s",
    async (kind, config) => {
      const { places } = await setting();
      const resume = (path: string) =>
        known.resume({ folder: "/runs/a", config: { kind, ...config(path) } }, {}, places);
      await expect(resume("/etc/passwd")).rejects.toThrow(/lies outside of the folders/);
      await expect(resume("none.png")).rejects.toThrow(/does not exist/);
      expect((await resume("photo.png")).words).toContain("--resume");
    },
  );

  test("takes a longer plan and nothing else", async () => {
    const { places } = await setting();
    const run = { folder: "/runs/a", config: { kind: "image" } };
    const resume = (each: ResumedRun, values: FormValues) => known.resume(each, values, places);
    await expect(resume(run, { data: "/etc" })).rejects.toThrow(
      /is not an option here; steps, minutes/,
    );
    await expect(resume(run, { out: "b" })).rejects.toThrow(/is not an option here/);
    await expect(resume({ ...run, config: { kind: "toy" } }, {})).rejects.toThrow(
      /cannot be resumed/,
    );
    await expect(resume({ ...run, config: { kind: "field" } }, {})).rejects.toThrow(
      /does not say what/,
    );
  });
});
