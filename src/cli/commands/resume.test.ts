import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { imageFiles } from "../../image/runFolder.ts";
import { sequenceFiles } from "../../sequence/runFolder.ts";
import { toyText } from "../../sequence/testing.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { interruptible, ondelette } from "../testing.ts";
import { copiesOf, discs, pictures, sentenceOf, tinyModel } from "./testing.ts";

const tiny = ["--layers", "1", "--width", "8", "--heads", "2", "--batch", "4", "--threads", "1"];

/** The data that each command trains on, in a folder, and the words of a run of them. */
const trainings = {
  async "image train"(folder: string) {
    const data = await discs(folder);
    const words = ["--data", data, "--finest", "0.25", "--threads", "1", ...tinyModel("state")];
    return { data, words };
  },
  async "sequence train"(folder: string) {
    const data = join(folder, "toy.txt");
    await writeFile(data, toyText);
    return { data, words: ["--data", data, "--kind", "chars", "--context", "8", ...tiny] };
  },
  async "sequence classify"() {
    return { data: "", words: [...tiny, "--valid", "8", "--min-length", "4", "--max-length", "9"] };
  },
};

type Command = keyof typeof trainings;

/** A run of a few steps of a command, in a folder of its own with its data. */
async function trained(command: Command, folder: string) {
  const run = join(folder, "run");
  const { data, words } = await trainings[command](folder);
  const whole = [...command.split(" "), ...words, "--out", run, "--steps", "4"];
  expect(await ondelette(...whole)).toMatchObject({ code: 0 });
  return { data, run, resume: resuming(command, run) };
}

const resuming =
  (command: Command, run: string) =>
  (...more: string[]) =>
    ondelette(...command.split(" "), "--out", run, "--resume", "--threads", "1", ...more);

/** Such runs, for all tests that let the data be. */
const copies = {
  "image train": copiesOf((folder) => trained("image train", folder)),
  "sequence train": copiesOf((folder) => trained("sequence train", folder)),
  "sequence classify": copiesOf((folder) => trained("sequence classify", folder)),
};

async function begun(command: Command) {
  const copy = await copies[command]();
  return { ...copy, resume: resuming(command, copy.run) };
}

/** Options of each command with another value than the run's, and the run's own. */
const contradictions = {
  "image train": [
    ["model", "paper", "state"],
    ["overrides", '{"width":12}', expect.stringContaining('"width":')],
    ["size", "9", "8"],
    ["fit", "crop", "resize"],
    ["color", "ycbcr", "gray"],
    ["wavelet", "bior4.4", "haar"],
    ["finest", "0.5", "0.25"],
    ["language", "trees", "blocks"],
    ["reading", "B", "A"],
    ["seed", "9", "1"],
  ],
  "sequence train": [
    ["mixing", "none", "haar-8"],
    ["rate", "5", "0.01"],
    ["layers", "2", "1"],
    ["width", "64", "8"],
    ["heads", "4", "2"],
    ["batch", "8", "4"],
    ["context", "16", "8"],
    ["seed", "9", "1"],
    ["kind", "bytes", "chars"],
  ],
  "sequence classify": [
    ["task", "image", "listops"],
    ["mixing", "none", "haar-8"],
    ["rate", "5", "0.01"],
    ["width", "16", "8"],
    ["seed", "9", "1"],
    ["max-length", "12", "9"],
  ],
} as const;

describe("options that contradict the run that is resumed", () => {
  test.each(["image train", "sequence train", "sequence classify"] as const)(
    "are refused by %s, and nothing is written",
    async (command) => {
      const { run, resume } = await begun(command);
      const before = await readFile(runFiles(run).config, "utf8");
      for (const [option, given, own] of contradictions[command]) {
        const sentence = sentenceOf(await resume("--steps", "8", `--${option}`, given));
        const [, was] =
          sentence.match(/, which was made with (.*); leave it out, or train a new run in/) ?? [];
        expect(sentence.startsWith(`--${option} ${given} contradicts ${run}, `)).toBe(true);
        expect(was).toEqual(own);
      }
      expect(await readFile(runFiles(run).config, "utf8")).toBe(before);
    },
  );

  test("are refused where the run was made without them", async () => {
    const { run, resume } = await begun("sequence train");
    expect(sentenceOf(await resume("--law", "mu"))).toBe(
      `--law mu contradicts ${run}, which was made without it; leave it out, or train a new run in another folder`,
    );
    expect(sentenceOf(await resume("--tokenizer", "t.json"))).toBe(
      `--tokenizer is for new runs: ${run} keeps the one that it was made with`,
    );
  });

  test("may be given as they were", async () => {
    const sequence = await begun("sequence train");
    const same = ["--mixing", "haar-8", "--rate", "0.01", "--width", "8", "--kind", "chars"];
    const data = ["--data", relative(process.cwd(), sequence.data)];
    expect((await sequence.resume("--steps", "5", ...same, ...data)).code).toBe(0);
    const image = await begun("image train");
    const own = ["--model", "state", "--seed", "1", "--data", image.data, ...tinyModel("state")];
    expect((await image.resume("--steps", "5", ...own)).code).toBe(0);
  });
});

describe("the data of a run that is resumed", () => {
  test("need not be given for images, and may have moved", async () => {
    const { data, resume } = await trained("image train", await temporaryFolder());
    expect((await resume("--steps", "5")).code).toBe(0);
    const moved = join(data, "..", "moved");
    await rename(data, moved);
    expect(sentenceOf(await resume("--steps", "6"))).toBe(`${data} does not exist`);
    expect((await resume("--steps", "6", "--data", moved)).code).toBe(0);
  });

  test("cannot be other images", async () => {
    const { folder, run, resume } = await begun("image train");
    const other = await pictures(folder, {
      "0": [
        [8, 8],
        [8, 8],
      ],
      "1": [[8, 8]],
    });
    expect(sentenceOf(await resume("--steps", "5", "--data", other))).toBe(
      `${other} has 3 images to train on, but ${run} was trained on 12: these are not its data`,
    );
  });

  test("cannot be another corpus", async () => {
    const { folder, data, run, resume } = await begun("sequence train");
    const other = join(folder, "other.txt");
    await writeFile(other, `${toyText}${toyText}`);
    expect(sentenceOf(await resume("--steps", "5", "--data", other))).toBe(
      `--data ${other} contradicts ${run}, which was made with ${data}; leave it out, or train a new run in another folder`,
    );
    await rm(sequenceFiles(run).corpus, { recursive: true });
    expect(sentenceOf(await resume("--steps", "5", "--data", other))).toMatch(
      /tokens to train on, but the run was trained on \d+: these are not its data$/,
    );
  });

  test.each(["damaged", "missing"])(
    "make the corpus of a sequence run anew where it is %s",
    async (fault) => {
      const { data, run, resume } = await begun("sequence train");
      const { corpus } = sequenceFiles(run);
      const tokens = join(corpus, "tokens-0000.bin");
      const whole = await readFile(tokens);
      if (fault === "damaged") await truncate(tokens, whole.length - 2);
      else await rm(corpus, { recursive: true });
      const advice = `; with --data ${data} the corpus is encoded anew`;
      expect(sentenceOf(await resume("--steps", "5"))).toContain(advice);
      for (const more of [["--kind", "chars"], []]) {
        const again = await resume("--steps", "5", "--data", data, ...more);
        expect(again).toMatchObject({ code: 0 });
        expect(await readFile(tokens)).toEqual(whole);
      }
    },
  );
});

describe("one command line that begins a run, or goes on with it", () => {
  /** The words of each training command, which name all that a new run needs. */
  const commandLines = {
    "image train": async (folder: string) => [
      ...["--data", await discs(folder), "--finest", "0.25", "--overrides", overrides],
      ...["--captions", "ignore"],
    ],
    "image classify": async (folder: string) => [
      ...["--data", await discs(folder), "--channels", "8", "--blocks", "0", "--batch", "4"],
    ],
    async "sequence train"(folder: string) {
      const data = join(folder, "toy.txt");
      await writeFile(data, toyText);
      return ["--data", data, "--kind", "chars", "--context", "8", ...tiny.slice(0, -2)];
    },
    "sequence classify": async () => [
      ...[...tiny.slice(0, -2), "--valid", "8", "--min-length", "4", "--max-length", "9"],
    ],
    async "field fit"(folder: string) {
      const data = await pictures(folder, { "": [[8, 8]] });
      return [join(data, "0.png"), "--model", "siren", "--params", "300"];
    },
  } as const;
  const [, overrides = ""] = tinyModel("state");

  test.each(Object.entries(commandLines))("with %s", async (command, wordsIn) => {
    const folder = await temporaryFolder();
    const run = join(folder, "run");
    const own = await wordsIn(folder);
    const words = [...command.split(" "), ...own, "--out", run, "--threads", "1"];
    const again = (steps: string) =>
      ondelette(...words, "--resume-if-exists", "--json", "--steps", steps);
    const stepsOf = async (steps: string) => {
      const { out, err } = await again(steps);
      expect(err).not.toContain("ondelette: ");
      return JSON.parse(out).step;
    };
    expect(await stepsOf("3")).toBe(3);
    const before = await readFile(runFiles(run).latest);
    expect(await stepsOf("3")).toBe(3); // done already
    expect(await readFile(runFiles(run).latest)).toEqual(before);
    expect(await stepsOf("12")).toBe(12);
    // Without the option it is a mistake, which protects a run from another of the same name.
    expect(sentenceOf(await ondelette(...words, "--steps", "12"))).toMatch(/already holds a run/);
  });

  test("goes on with the tokenizer of the run", async () => {
    const folder = await temporaryFolder();
    const [data, tokenizer, run] = ["toy.txt", "tokenizer.json", "run"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await writeFile(data, toyText);
    const preTokenizer = { type: "ByteLevel", add_prefix_space: false, use_regex: true };
    const model = { type: "BPE", merges: ["t h"] };
    await writeFile(tokenizer, JSON.stringify({ model, pre_tokenizer: preTokenizer }));
    const words = [
      ...["sequence", "train", "--data", data, "--kind", "bpe", "--tokenizer", tokenizer],
      ...["--context", "8", ...tiny, "--out", run, "--steps", "2", "--resume-if-exists"],
    ];
    expect(await ondelette(...words)).toMatchObject({ code: 0 });
    const second = await ondelette(...words);
    expect(second.code).toBe(0);
    expect(second.err).toContain(
      `--tokenizer has no effect: ${run} keeps the one that it was made with`,
    );
  });

  test("begins anew where it was killed before there was a run", async () => {
    const folder = await temporaryFolder();
    const run = join(folder, "run");
    const own = await commandLines["sequence train"](folder);
    const words = [...own, "--out", run, "--threads", "1", "--steps", "3", "--resume-if-exists"];
    expect(await ondelette("sequence", "train", ...words)).toMatchObject({ code: 0 });
    // Rank 0 encodes the corpus first; these are the files of that moment.
    for (const name of await readdir(run)) {
      if (name !== "corpus") await rm(join(run, name), { recursive: true });
    }
    await truncate(join(sequenceFiles(run).corpus, "tokens-0000.bin"), 5);
    expect(await ondelette("sequence", "train", ...words)).toMatchObject({ code: 0 });
  });
});

test("Ctrl-C saves a training and prints the command that continues it", async () => {
  const folder = await temporaryFolder();
  const [data, run] = [await discs(folder), join(folder, "a run")];
  const interrupt = new AbortController();
  const words = ["--steps", "80", "--save-every", "0.001", "--finest", "0.25", "--threads", "1"];
  const training = interruptible(interrupt.signal, [
    ...["image", "train", "--data", data, "--out", run, ...words, ...tinyModel("state")],
  ]);
  const { latest } = imageFiles(run);
  while (!existsSync(latest)) await setTimeout(2);
  interrupt.abort();
  const { code, out } = await training;
  expect(code).toBe(130);
  const line = out.trimEnd().split("\n").at(-1);
  expect(line).toBe(
    `stopped before the end of its plan; to continue: ondelette image train --out '${run}' --resume`,
  );
  const continued = await ondelette("image", "train", "--out", run, "--resume", "--json");
  expect(JSON.parse(continued.out)).toMatchObject({ step: 80, interrupted: false });
});

test("--tensorboard writes event files beside the metrics, also where a run is resumed", async () => {
  const { run, resume } = await begun("sequence classify");
  const events = join(run, "tensorboard");
  expect(existsSync(events)).toBe(false);
  expect((await resume("--steps", "6", "--tensorboard")).code).toBe(0);
  const [name, ...others] = await readdir(events);
  expect(others).toEqual([]);
  const written = await readFile(join(events, name!));
  for (const curve of ["training/accuracy", "training/examplesPerSecond"])
    expect(written.includes(curve)).toBe(true);
});
