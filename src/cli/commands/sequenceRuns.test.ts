import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeMidi, parseMidi } from "../../data/formats/midi.ts";
import { encodeWav, readWav } from "../../data/formats/wav.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { createRun } from "../../image/runFolder.ts";
import { loadedDiscs, tinyModels } from "../../image/testing.ts";
import { sequenceFiles } from "../../sequence/runFolder.ts";
import { toyText } from "../../sequence/testing.ts";
import { folderStore } from "../../train/run/runFolder.ts";
import { writeConfig } from "../../train/run/runStore.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

const small = ["--layers", "2", "--width", "8", "--heads", "2", "--context", "8", "--batch", "4"];
const train = (data: string, kind: string, out: string, ...more: string[]) =>
  ondelette(
    ...["sequence", "train", "--data", data, "--kind", kind, "--out", out, "--threads", "1"],
    ...small,
    ...more,
  );
const sample = (run: string, out: string, ...more: string[]) =>
  ondelette("sequence", "sample", "--run", run, "--out", out, ...more);
const evaluate = (run: string, data: string, ...more: string[]) =>
  ondelette("sequence", "eval", "--run", run, "--data", data, "--threads", "1", ...more);

/** A second of a tone, at few samples a second. */
const tone = (pitch: number, rate = 400) =>
  encodeWav({
    rate,
    samples: Float32Array.from({ length: rate }, (_, i) => 0.5 * Math.sin((pitch * i) / rate)),
  });

/** Pieces in four voices, a step to a sixteenth. */
const pieces = (count: number, from: number) =>
  Array.from({ length: count }, (_, piece) =>
    Array.from({ length: 16 }, (_, step) =>
      [48, 55, 60, 64].map((p) => p + from + piece + (step >> 2)),
    ),
  );

/** Something to train on, of each kind. */
const corpora = {
  async chars(folder: string) {
    const path = join(folder, "toy.txt");
    await writeFile(path, toyText);
    return path;
  },
  async audio(folder: string) {
    const path = join(folder, "tones");
    await mkdir(path);
    for (const pitch of [40, 60, 80]) await writeFile(join(path, `${pitch}.wav`), tone(pitch));
    return path;
  },
  async midi(folder: string) {
    const path = join(folder, "chorales.json");
    await writeFile(path, JSON.stringify({ train: pieces(5, 0), valid: pieces(2, 5) }));
    return path;
  },
};

/** A run of four steps on one of them, and what `train --json` printed. */
async function trained(kind: keyof typeof corpora, ...more: string[]) {
  const folder = await temporaryFolder();
  const data = await corpora[kind](folder);
  const run = join(folder, "run");
  const result = await train(data, kind, run, "--steps", "4", "--json", ...more);
  expect(result).toMatchObject({ code: 0 });
  return { folder, data, run, figures: JSON.parse(result.out) };
}

const kinds = [
  { kind: "chars", unit: "character", file: "a.txt" },
  { kind: "audio", unit: "sample", file: "a.wav" },
  { kind: "midi", unit: "event", file: "a.MID" },
] as const;

describe.each(kinds)("a run of the kind $kind", ({ kind, unit, file }) => {
  test("is trained, resumed, scored and sampled", async () => {
    const { folder, data, run, figures } = await trained(kind);
    expect(figures).toMatchObject({ run, step: 4, curve: join(run, "loss.png") });
    for (const key of ["tokens", "parameters", "seconds"]) expect(figures[key]).toBeGreaterThan(0);
    for (const part of ["training", "validation"]) expect(figures[part].nats).toBeGreaterThan(0);
    expect((await readImage(figures.curve)).width).toBe(720);

    // The last validation of a training scores what eval scores.
    const scored = JSON.parse((await evaluate(run, data, "--json")).out);
    expect(scored).toMatchObject({ run, data, part: "valid", unit });
    expect(scored.nats).toBeCloseTo(figures.validation.nats, 5);
    expect(scored.bits).toBeCloseTo(scored.nats / Math.LN2, 9);
    const trainPart = JSON.parse((await evaluate(run, data, "--part", "train", "--json")).out);
    expect(trainPart.tokens).toBeGreaterThan(scored.tokens);
    const limited = await evaluate(run, data, "--limit", "2", "--json");
    expect(JSON.parse(limited.out).tokens).toBeLessThanOrEqual(16);
    const [what, , first] = (await evaluate(run, data)).out.split("\n");
    expect(what).toBe(`${scored.tokens} ${unit}s of ${data}`);
    expect(first).toMatch(new RegExp(`^per ${unit} +${scored.tokens} +${scored.nats.toFixed(4)} `));

    const more = ["--steps", "6", "--resume", "--json"];
    const resumed = await ondelette("sequence", "train", "--out", run, "--threads", "1", ...more);
    expect(JSON.parse(resumed.out)).toMatchObject({ run, step: 6 });

    const draw = async (seed: string) => {
      const out = join(folder, file);
      const some = ["--length", "40", "--seed", seed, "--temperature", "0.9", "--top-p", "0.95"];
      const { out: told } = await sample(run, out, ...some, "--json");
      expect(JSON.parse(told)).toMatchObject({ out, tokens: 40, seconds: expect.any(Number) });
      return readFile(out);
    };
    const one = await draw("1");
    expect(await draw("1")).toEqual(one);
    expect(await draw("2")).not.toEqual(one);
  });
});

test("samples are files of their kind", async () => {
  const text = await trained("chars");
  const out = join(text.folder, "a.txt");
  const drawn = await sample(text.run, out, "--prompt", "the cat sat on the ", "--length", "50");
  expect(drawn).toMatchObject({ code: 0 });
  expect(drawn.out).toMatch(`${out}: 50 characters in `);
  const written = await readFile(out, "utf8");
  expect(written).toHaveLength(50);
  expect(written.startsWith("the cat sat on the ")).toBe(true);

  const sound = await trained("audio");
  const wav = join(sound.folder, "a.wav");
  await sample(sound.run, wav, "--length", "100");
  for await (const sound of readWav(createReadStream(wav), wav)) {
    expect(sound).toMatchObject({ rate: 400, samples: { length: 100 } });
  }

  const music = await trained("midi");
  const mid = join(music.folder, "a.mid");
  await sample(music.run, mid, "--length", "200");
  expect(parseMidi(await readFile(mid), mid)).toBeInstanceOf(Array);
});

test("samples begin with files, and last as long as they are asked to", async () => {
  const sound = await trained("audio");
  const [wav, other] = [join(sound.folder, "a.wav"), join(sound.folder, "other.wav")];
  const begin = join(sound.data, "60.wav");
  const some = ["--prompt-file", begin, "--prompt-seconds", "0.5", "--seconds", "1.25", "--json"];
  expect(JSON.parse((await sample(sound.run, wav, ...some)).out)).toMatchObject({
    ...{ tokens: 500, lasts: 1.25 },
  });
  const samplesOf = async (path: string) => {
    for await (const { samples } of readWav(createReadStream(path), path)) return samples;
    throw new Error("no sound");
  };
  const [drawn, given] = [await samplesOf(wav), await samplesOf(begin)];
  for (let i = 0; i < 200; i++) expect(drawn[i]).toBeCloseTo(given[i]!, 1); // of 256 levels
  await writeFile(other, tone(60, 800));
  expect(sentenceOf(await sample(sound.run, wav, "--prompt-file", other))).toContain(
    `${other} has 800 samples per second, but the first document to train on has 400`,
  );
  const silent = join(sound.folder, "silent.wav");
  await writeFile(silent, encodeWav({ rate: 400, samples: new Float32Array() }));
  expect(sentenceOf(await sample(sound.run, wav, "--prompt-file", silent))).toBe(
    `${silent} has no samples to begin with`,
  );
  // Of a folder some would be left out, as for validation.
  expect(sentenceOf(await sample(sound.run, wav, "--prompt-file", sound.data))).toBe(
    `${sound.data} is a folder where a file is expected`,
  );
  const short = ["--prompt-file", begin, "--seconds", "0.5"];
  expect(sentenceOf(await sample(sound.run, wav, ...short))).toContain(
    "the prompt lasts 1.00 s, and 0.5 s are asked for in all",
  );

  const music = await trained("midi");
  const [mid, prelude] = [join(music.folder, "a.mid"), join(music.folder, "prelude.mid")];
  await writeFile(prelude, encodeMidi([{ start: 0, end: 1, pitch: 61, velocity: 64 }]));
  const told = await sample(music.run, mid, "--prompt-file", prelude, "--seconds", "6");
  expect(told).toMatchObject({ code: 0 });
  const notes = parseMidi(await readFile(mid), mid);
  expect(notes[0]).toMatchObject({ start: 0, pitch: 61 });
  expect(Math.max(...notes.map(({ start }) => start))).toBeLessThan(7);
  await writeFile(prelude, encodeMidi([{ start: 2, end: 3, pitch: 61, velocity: 64 }]));
  const early = ["--prompt-file", prelude, "--prompt-seconds", "0.001"];
  expect(sentenceOf(await sample(music.run, mid, ...early))).toBe(
    `the first 0.001 s of ${prelude} have no events to begin with`,
  );

  const text = await trained("chars");
  const out = join(text.folder, "a.txt");
  expect(sentenceOf(await sample(text.run, out, "--seconds", "3"))).toBe(
    `--seconds is for sound and music, but ${text.run} generates characters`,
  );
  const all = ["--prompt-file", text.data, "--length", "9"];
  expect(sentenceOf(await sample(text.run, out, ...all))).toMatch(
    /^the prompt has \d+ characters, and 9 are asked for in all/,
  );
});

test("a training goes on where the summary of its last one is damaged", async () => {
  const { run } = await trained("chars");
  await writeFile(join(run, "result.json"), "");
  const more = ["--steps", "4", "--threads", "1"];
  expect(await ondelette("sequence", "train", "--out", run, "--resume", ...more)).toMatchObject({
    code: 0,
  });
});

test("bits per byte are given for word pieces, whose length varies", async () => {
  const folder = await temporaryFolder();
  const [data, run] = [await corpora.chars(folder), join(folder, "run")];
  const tokenizer = join(folder, "ranks");
  const line = (token: string, rank: number) => `${btoa(token)} ${rank}`;
  await writeFile(tokenizer, ["at", "the", " s"].map(line).join("\n"));
  expect(await train(data, "bpe", run, "--steps", "2", "--tokenizer", tokenizer)).toMatchObject({
    code: 0,
  });
  const { out } = await evaluate(run, data, "--json");
  const { bytes, tokens } = JSON.parse(out);
  expect(bytes).toBeGreaterThan(tokens);
  expect(bytes).toBeLessThan(0.2 * toyText.length);
  expect((await evaluate(run, data)).out).toMatch(/\nper byte +\d+/);
});

describe("a mistake gets one sentence and exit code 2", () => {
  test("in the data to train on, and no run is made", async () => {
    const folder = await temporaryFolder();
    const run = join(folder, "run");
    const failing = async (data: string, kind: string, ...more: string[]) => {
      const told = sentenceOf(await train(data, kind, run, "--steps", "2", ...more));
      expect(existsSync(sequenceFiles(run).config)).toBe(false);
      return told;
    };
    const file = async (name: string, contents: string | Uint8Array) => {
      const path = join(folder, name);
      await writeFile(path, contents);
      return path;
    };
    const missing = join(folder, "nowhere");
    expect(await failing(missing, "chars")).toBe(`${missing} does not exist`);
    const empty = await file("empty.txt", "");
    expect(await failing(empty, "chars")).toBe(`${empty} is empty`);
    const binary = await file("binary", Uint8Array.of(0x50, 0xff, 0xfe, 0x00));
    expect(await failing(binary, "chars")).toBe(
      `${binary} is not text in UTF-8 (the kind “bytes” reads any file)`,
    );
    expect(await failing(binary, "audio")).toMatch("is not a WAV file");
    expect(await failing(binary, "midi")).toMatch("is not a MIDI file");
    const bare = join(folder, "bare");
    await mkdir(bare);
    expect(await failing(bare, "audio")).toBe(
      `${bare} holds no files ending in .wav that are not empty`,
    );

    const three = tone(60);
    three.set([3], 22); // channels
    three.set([6], 32); // bytes of a frame
    const wide = await file("three.wav", three);
    expect(await failing(wide, "audio")).toBe(
      `${wide} has 3 channels; files of one or two are read`,
    );
    const cut = await file("cut.wav", tone(60).subarray(0, 301));
    expect(await failing(cut, "audio")).toBe(`${cut} is cut short within its samples`);
    const silent = await file("silent.wav", tone(60).subarray(0, 44).fill(0, 40));
    expect(await failing(silent, "audio")).toBe(
      `${silent} is too small: its train part has no tokens`,
    );
    const note = encodeMidi([{ start: 0, end: 1, pitch: 60, velocity: 64 }]);
    const cutNote = await file("cut.mid", note.subarray(0, note.length - 5));
    expect(await failing(cutNote, "midi")).toMatch(`${cutNote} is cut short`);
    const list = await file("list.json", '{"train":[[[60],[200]]]}');
    expect(await failing(list, "midi")).toMatch(/list\.json train 0 is not a piece of music/);
  });

  test("in the flags of a training, and no run is made", async () => {
    const folder = await temporaryFolder();
    const [data, run] = [await corpora.chars(folder), join(folder, "run")];
    const failing = async (...argv: string[]) => {
      const told = sentenceOf(await ondelette("sequence", "train", "--out", run, ...argv));
      expect(existsSync(sequenceFiles(run).config)).toBe(false);
      return told;
    };
    const chars = ["--data", data, "--kind", "chars"];
    expect(await failing("--data", data)).toBe(
      "--data and --kind are missing: a new run needs both",
    );
    expect(await failing("--kind", "chars")).toBe(
      "--data and --kind are missing: a new run needs both",
    );
    expect(await failing("--data", data, "--kind", "poems")).toMatch("poems");
    expect(await failing("--resume")).toBe(`${run} cannot be resumed: it has no config.json`);
    expect(await failing(...chars, "--steps", "2", "--minutes", "1")).toBe(
      "give --steps or --minutes, not both",
    );
    expect(await failing(...chars, "--width", "10", "--heads", "4")).toBe(
      "a width of 10 cannot be shared by 4 heads; it must be a multiple of them",
    );
    expect(await failing(...chars, "--mixing", "daubechies")).toMatch("daubechies");
    expect(await failing(...chars, "--context", "1")).toMatch("--context");
    const tokens = Math.floor(0.9 * toyText.length);
    expect(await failing(...chars, "--context", "600")).toBe(
      `${data} has ${tokens} characters to train on, fewer than a context window of 600; give a smaller --context, or more data`,
    );
    const letter = join(folder, "letter.txt");
    await writeFile(letter, "x");
    expect(await failing("--data", letter, "--kind", "chars")).toBe(
      `${letter} is too small: its train part has no tokens`,
    );
    expect(await failing(...chars, "--tokenizer", letter)).toBe(
      "--tokenizer is for --kind bpe, not for chars",
    );
    expect(await failing(...chars, "--law", "mu")).toBe("--law is for --kind audio, not for chars");
    expect(existsSync(run)).toBe(false); // nothing is left, the corpus neither
    // And a better command may follow.
    expect(await train(data, "chars", run, "--steps", "1")).toMatchObject({ code: 0 });
  });

  test("where the rate is too high", async () => {
    const folder = await temporaryFolder();
    const [data, run] = [await corpora.chars(folder), join(folder, "run")];
    const wild = await train(data, "chars", run, "--steps", "50", "--rate", "1000");
    expect(sentenceOf(wild)).toMatch(
      /^the training diverged: .* at step \d+; .* a lower learning rate may help; --rate sets it/,
    );
  });

  test("about a run that is there already, or is a file", async () => {
    const { folder, data, run } = await trained("chars");
    const { latest } = sequenceFiles(run);
    const before = await readFile(latest);
    expect(sentenceOf(await train(data, "chars", run, "--steps", "9"))).toBe(
      `${run} already holds a run; add --resume to continue it, or name another folder`,
    );
    expect(await readFile(latest)).toEqual(before);
    const file = join(folder, "file");
    await writeFile(file, "text");
    expect(sentenceOf(await train(data, "chars", file, "--steps", "2"))).toMatch(file);
    expect(await readFile(file, "utf8")).toBe("text");
  });

  test("about a run that is missing, damaged or mixed up", async () => {
    const { folder, data, run } = await trained("chars");
    const other = await trained("chars", "--width", "12");
    const out = join(folder, "out.txt");
    const failing = async (path = run) => {
      const sampled = sentenceOf(await sample(path, out));
      expect(sentenceOf(await evaluate(path, data))).toBe(sampled);
      expect(existsSync(out)).toBe(false);
      return sampled;
    };
    const resumed = async () =>
      sentenceOf(await ondelette("sequence", "train", "--out", run, "--steps", "9", "--resume"));
    expect(await failing(folder)).toBe(`${folder} is not a run folder: it has no config.json`);
    expect(await failing(join(folder, "nowhere"))).toMatch("is not a run folder");

    const { latest, config, corpus } = sequenceFiles(run);
    const good = await readFile(latest);
    const whole = JSON.parse(await readFile(config, "utf8"));
    await copyFile(sequenceFiles(other.run).latest, latest);
    expect(await failing()).toMatch(`${latest} is a checkpoint of another model`);
    expect(await resumed()).toMatch(`${latest} is a checkpoint of another model`);
    await writeFile(latest, good);
    await truncate(latest, good.length - 7);
    expect(await failing()).toMatch(`${latest} is not a whole safetensors file`);
    expect(await resumed()).toMatch(`${latest} is not a whole safetensors file`);
    await rm(latest);
    expect(await failing()).toMatch(`${run} has no checkpoint yet`);
    await writeFile(latest, good);
    await rm(join(corpus, "index.json"));
    expect(await resumed()).toBe(
      `${corpus} holds no finished corpus: index.json is missing; with --data ${data} the corpus is encoded anew`,
    );
    for (const [strange, reason] of [
      ['{"format": 7}', "has no kind and format: it was made by another program"],
      ['{"kind": "sequence", "format": 1}', "has format 1; this version of ondelette reads 2"],
      ['{"kind": "sequence", "format": 2}', "cannot be used: seed must be a whole number"],
      ["{", "is damaged: it is not JSON"],
    ]) {
      await writeFile(config, strange!);
      expect(await failing()).toMatch(`${config} ${reason}`);
    }
    const edited = async (keys: object, reason: string) => {
      await writeFile(config, JSON.stringify({ ...whole, ...keys }));
      expect(await failing()).toBe(`${config} cannot be used: ${reason}`);
    };
    const width = "options.width must be a whole number of at least 1 and at most 65536";
    await edited({ options: { ...whole.options, width: 1e9 } }, `${width}, and is 1000000000`);
    const batch = "options.batch must be a whole number of at least 1 and at most 10000000";
    await edited({ options: { ...whole.options, batch: 0 } }, `${batch}, and is 0`);
    await edited(
      { alphabet: { kind: "chars" } },
      "alphabet.characters must be a text, and is missing",
    );
    const count = [...whole.alphabet.characters].length;
    await edited(
      { alphabet: { kind: "chars", characters: "ab" } },
      `its alphabet has 2 symbols, and symbols is ${count}`,
    );
  });

  test("about a run of images where one of sequences is expected, and the other way round", async () => {
    const { folder, data, run } = await trained("chars");
    const pictures = join(folder, "pictures");
    const made = await createRun(pictures, loadedDiscs(4), {
      ...{ model: tinyModels.state, language: { wavelet: "haar", finest: 0.25 } },
      ...{ fit: "resize", seed: 1, path: "discs", plan: { steps: 1 } },
    });
    await writeConfig(folderStore(pictures), made);
    const resume = ["--steps", "2", "--resume"];
    const ofImages = [
      await sample(pictures, join(folder, "a.txt")),
      await evaluate(pictures, data),
      await ondelette("sequence", "train", "--out", pictures, ...resume),
    ];
    for (const result of ofImages) {
      expect(sentenceOf(result)).toContain(`${pictures} is a run of kind "image", not "sequence"`);
    }
    const ofSequences = [
      await ondelette("image", "sample", "--run", run, "--out", join(folder, "a.png")),
      await ondelette("image", "eval", "--run", run, "--data", folder),
      await ondelette("image", "train", "--data", folder, "--out", run, ...resume),
    ];
    for (const result of ofSequences) {
      expect(sentenceOf(result)).toContain(`${run} is a run of kind "sequence", not "image"`);
    }
  });

  test("about what is to be drawn, and nothing is drawn", async () => {
    const { folder, run } = await trained("chars");
    const out = join(folder, "out.txt");
    const failing = async (path: string, ...more: string[]) => {
      const told = sentenceOf(await sample(run, path, ...more));
      expect(existsSync(out)).toBe(false);
      return told;
    };
    const wav = join(folder, "out.wav");
    expect(await failing(wav)).toBe(`${wav} must end in .txt: ${run} generates characters`);
    expect(await failing(out, "--prompt", "the zebra")).toBe(
      "the prompt has the character “z” (U+007A), which is not in the training text",
    );
    expect(await failing(out, "--length", "0")).toMatch("--length");
    expect(await failing(out, "--top-p", "1.5")).toMatch("--top-p");
    const lost = join(folder, "nowhere", "out.txt");
    expect(await failing(lost)).toBe(
      `${lost} cannot be written: the folder ${join(folder, "nowhere")} does not exist`,
    );

    const sound = await trained("audio");
    expect(sentenceOf(await sample(sound.run, wav, "--prompt", "la la"))).toBe(
      `--prompt is for text, but ${sound.run} generates samples; --prompt-file takes a file of them`,
    );
  });

  test("about data to score that the run cannot read", async () => {
    const { folder, run } = await trained("chars");
    const missing = join(folder, "nowhere");
    expect(sentenceOf(await evaluate(run, missing))).toBe(`${missing} does not exist`);
    const strange = join(folder, "strange.txt");
    await writeFile(strange, `${toyText}zoo`);
    const scored = await evaluate(run, strange);
    expect(scored.code).toBe(0);
    expect(scored.err).toContain(
      `${strange} has 1 character that is not in the training text and left out: “z” (U+007A)`,
    );
    const short = join(folder, "short.txt");
    await writeFile(short, "t");
    expect(sentenceOf(await evaluate(run, short))).toBe(
      `${short} is too small: its train part has no tokens`,
    );
    const sound = await trained("audio");
    const slower = join(folder, "slower.wav");
    await writeFile(slower, tone(60, 300));
    expect(sentenceOf(await evaluate(sound.run, slower))).toMatch(
      `${slower} has 300 samples per second`,
    );
  });
});
