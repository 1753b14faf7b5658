import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { tinyClipTokenizer } from "../../data/text/testing.ts";
import { discPicture } from "../../image/testing.ts";
import { writeTextEncoder } from "../../image/words/testing.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf, tinyModel } from "./testing.ts";

/** Pictures of two styles with captions, in two parts. */
async function captioned(folder: string): Promise<string> {
  const data = join(folder, "data");
  const captions = ["red disc", "green disc", "large ring", "small red ring"];
  for (const [part, shift] of [
    ["train", 0],
    ["test", 9],
  ] as const) {
    const lines: string[] = [];
    for (const style of ["bold", "fine"]) {
      await mkdir(join(data, part, style), { recursive: true });
      for (const [i, text] of captions.entries()) {
        const file = `${style}/${i}.png`;
        await writeImage(join(data, part, file), discPicture(8, 8, 1, `${style} ${i + shift}`));
        lines.push(JSON.stringify({ file_name: file, text }));
      }
    }
    await writeFile(join(data, part, "metadata.jsonl"), lines.join("\n"));
  }
  return data;
}

const small = ["--finest", "0.25", "--threads", "1", "--steps", "3", ...tinyModel("state")];

describe("a run that is trained on captions", () => {
  let folder = "";
  let data = "";
  let run = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ondelette-test-"));
    data = await captioned(folder);
    run = join(folder, "run");
    const trained = await ondelette("image", "train", "--data", data, "--out", run, ...small);
    expect(trained).toMatchObject({ code: 0 });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const sample = (out: string, ...more: string[]) =>
    ondelette(
      ...["image", "sample", "--run", run, "--threads", "1", "--json"],
      ...["--out", join(data, "..", out), ...more],
    );

  test("keeps in its folder how captions are read", async () => {
    const { words } = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
    expect(words.pieces).toContain(" red");
  });

  test("draws what prompts say: a row for each, with images of each class", async () => {
    const { out, code } = await sample("two.png", "--prompt", "red ring", "--prompt", "disc");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ images: 16 });
    const sheet = await readImage(join(data, "..", "two.png"));
    expect(sheet.width).toBeGreaterThan(sheet.height); // names stand beside two rows of eight images
    const one = await sample("one.png", "--class", "bold", "--prompt", "red ring");
    expect(JSON.parse(one.out)).toMatchObject({ images: 8 });
  });

  test("draws one picture of prompts for its parts", async () => {
    const parts = ["--prompt", "0,0,4,8: red disc", "--prompt", "4,0,4,8: ring"];
    const { out } = await sample("parts.png", "--class", "fine", "--count", "1", ...parts);
    expect(JSON.parse(out)).toMatchObject({ images: 1 });
  });

  test("is scored with captions and without, and draws a sheet of pairs", async () => {
    const sheet = join(data, "..", "pairs.png");
    const scored = await ondelette(
      ...["image", "eval", "--run", run, "--data", data, "--sheet", sheet, "--threads", "1"],
    );
    expect(scored.code).toBe(0);
    expect(scored.out).toMatch(
      /\nwithout words +[\d.]+ bits\/image\nrecognized +[\d.]+ % of 8 images/,
    );
    expect((await readImage(sheet)).width).toBeGreaterThan(400);
  });

  test("says which prompts it cannot follow, and draws nothing", async () => {
    expect(sentenceOf(await sample("no.png", "--prompt", "日本"))).toBe(
      "“日本” has no letters that the captions of this run have",
    );
    expect(sentenceOf(await sample("no.png", "--prompt", "4,0,8,8: ring"))).toBe(
      "the part 4,0,8,8 of “ring” is not inside the picture of 8×8 pixels",
    );
    expect(existsSync(join(data, "..", "no.png"))).toBe(false);
  });
});

test("a run that ignores captions takes no prompts", async () => {
  const data = await captioned(await temporaryFolder());
  const run = join(data, "..", "run");
  const ignore = ["--captions", "ignore", ...small];
  await ondelette("image", "train", "--data", data, "--out", run, ...ignore);
  const { words } = JSON.parse(await readFile(join(run, "config.json"), "utf8"));
  expect(words).toBeUndefined();
  const out = join(data, "..", "no.png");
  const refused = await ondelette(
    ...["image", "sample", "--run", run, "--out", out, "--prompt", "ring"],
  );
  expect(sentenceOf(refused)).toBe(
    "this run was trained on pictures without captions and cannot be told what to draw",
  );
});

describe("a run that is told vectors of the user's own", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ondelette-test-"));
    await captioned(folder);
    await writeNpy(join(folder, "words.npy"), {
      shape: [5, 2],
      data: Float32Array.of(1, 0, 0, 1, 1, 1, -1, 1, 1, -1),
    });
    const texts = ["red disc", "green disc", "large ring", "small red ring", "small green ring"];
    await writeFile(join(folder, "words.txt"), texts.join("\n"));
    await writeTextEncoder(join(folder, "text.onnx"), { length: 8 });
    await writeFile(join(folder, "tokenizer.json"), JSON.stringify(tinyClipTokenizer.json));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);
  const train = (out: string, ...more: string[]) =>
    ondelette(
      ...["image", "train", "--data", at("data"), "--out", at(out), ...small, "--steps", "2"],
      ...more,
    );
  const sample = (run: string, ...more: string[]) =>
    ondelette(
      ...["image", "sample", "--run", at(run), "--threads", "1", "--class", "bold"],
      ...["--count", "1", "--out", at("drawn.png"), ...more],
    );

  test("draws texts whose vectors it finds, and refuses others", async () => {
    expect(await train("table", "--embeddings", at("words.npy"))).toMatchObject({ code: 0 });
    const { words } = JSON.parse(await readFile(at("table/config.json"), "utf8"));
    expect(words).toEqual({ kind: "vectors", width: 2, from: { embeddings: at("words.npy") } });
    expect((await sample("table", "--prompt", "small green ring")).code).toBe(0);
    expect(sentenceOf(await sample("table", "--prompt", "blue ring"))).toMatch(
      /words\.txt has no line “blue ring”$/,
    );
    const other = ["--text-encoder", at("text.onnx"), "--tokenizer", at("tokenizer.json")];
    expect(sentenceOf(await sample("table", "--prompt", "blue ring", ...other))).toBe(
      "the run was trained with embeddings, so that it cannot read texts by these files",
    );
  });

  test("reads any text by the encoder that it was trained with", async () => {
    const files = ["--text-encoder", at("text.onnx"), "--tokenizer", at("tokenizer.json")];
    expect(await train("clip", ...files)).toMatchObject({ code: 0 });
    expect((await sample("clip", "--prompt", "blue ring")).code).toBe(0);
    const scored = await ondelette(
      ...["image", "eval", "--run", at("clip"), "--data", at("data"), "--threads", "1"],
    );
    expect(scored.out).toMatch(/recognized +[\d.]+ % of 8 images/);
  });

  test("is not begun where files are missing or contradict each other", async () => {
    expect(sentenceOf(await train("no", "--text-encoder", at("text.onnx")))).toBe(
      "--text-encoder needs --tokenizer: a network and its tokenizer",
    );
    expect(sentenceOf(await train("no", "--embeddings", at("none.npy")))).toMatch("does not exist");
    expect(
      sentenceOf(await train("no", "--embeddings", at("words.npy"), "--captions", "ignore")),
    ).toBe("--captions ignore leaves nothing to make vectors of");
    expect(existsSync(at("no"))).toBe(false);
  });
});
