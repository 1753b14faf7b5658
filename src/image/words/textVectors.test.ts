import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { tinyClipTokenizer } from "../../data/text/testing.ts";
import { writeTextEncoder } from "./testing.ts";
import { captionVectors, vectorsOf } from "./textVectors.ts";

let folder = "";
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ondelette-test-"));
  await writeFile(path("tokenizer.json"), JSON.stringify(tinyClipTokenizer.json));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lengthOf = (vector: readonly number[]) => Math.hypot(...vector);

describe("vectors by a text encoder in CLIP's layout", () => {
  const from = () => ({ encoder: path("text.onnx"), tokenizer: path("tokenizer.json") });

  test("are those that the network gives of the tokens, scaled to numbers of 1 on average", async () => {
    await writeTextEncoder(path("text.onnx"), { length: 6 });
    const words = await captionVectors(from());
    expect(words).toMatchObject({ kind: "vectors", width: tinyClipTokenizer.vocabulary.length });
    const vectors = await vectorsOf(words, ["red", "red ape", "red", ""]);
    expect([...vectors.keys()]).toEqual(["red", "red ape"]);
    const found = [...vectors].map(([, vector]) =>
      // The network counts each token, so that what it was given can be read from its vector.
      tinyClipTokenizer.vocabulary.filter((_, id) => vector[id]! > 0),
    );
    expect(found[0]!.sort()).toEqual(["<end>", "<start>", "red</w>"]);
    expect(found[1]!.sort()).toEqual(["<end>", "<start>", "ap", "e</w>", "red</w>"]);
    for (const vector of vectors.values()) {
      expect(lengthOf(vector)).toBeCloseTo(Math.sqrt(vector.length), 5);
    }
  });

  test("count no token beyond the mask, and of long texts the first tokens and the end", async () => {
    await writeTextEncoder(path("text.onnx"), { length: 6 });
    const words = await captionVectors(from());
    const vectors = await vectorsOf(words, ["red", "red red red red red red red red"]);
    const end = tinyClipTokenizer.vocabulary.indexOf("<end>");
    const red = tinyClipTokenizer.vocabulary.indexOf("red</w>");
    const ratio = (text: string) => vectors.get(text)![red]! / vectors.get(text)![end]!;
    expect(ratio("red")).toBeCloseTo(1, 5);
    expect(ratio("red red red red red red red red")).toBeCloseTo(4, 5);
  });

  test("are the same by a network that takes any number of tokens", async () => {
    await writeTextEncoder(path("text.onnx"), { length: 6 });
    const fixed = await vectorsOf(await captionVectors(from()), ["red ape"]);
    await writeTextEncoder(path("text.onnx"), { length: "any" });
    expect(await vectorsOf(await captionVectors(from()), ["red ape"])).toEqual(fixed);
  });

  test("are refused where the network is not the run's, or of another form", async () => {
    await writeTextEncoder(path("text.onnx"), { length: 6 });
    const words = await captionVectors(from());
    await writeTextEncoder(path("text.onnx"), { length: 7 });
    await expect(vectorsOf(words, ["red"])).rejects.toThrow(
      "is not the file that this run was trained with",
    );
    await writeTextEncoder(path("text.onnx"), { length: 6, input: "pixel_values" });
    await expect(captionVectors(from())).rejects.toThrow("has the inputs pixel_values, attention");
    await writeTextEncoder(path("text.onnx"), { length: 6, outputs: ["a", "b"] });
    await expect(captionVectors(from())).rejects.toThrow("has the outputs a, b, and none of text_");
  });
});

describe("vectors that were computed beforehand", () => {
  const from = () => ({ embeddings: path("words.npy") });
  const write = async (lines: readonly string[], shape: readonly number[] = [2, 3]) => {
    await writeNpy(path("words.npy"), { shape, data: Float32Array.of(1, 2, 2, 0, 0, -5) });
    await writeFile(path("words.txt"), lines.join("\n"));
  };

  test("belong to the lines of the text file beside them", async () => {
    await write(["red ape", "green ape", ""]);
    const words = await captionVectors(from());
    expect(words).toEqual({ kind: "vectors", width: 3, from: from() });
    const vectors = await vectorsOf(words, ["green ape", "red ape"]);
    const third = Math.sqrt(3) / 3;
    expect(vectors.get("red ape")!.map((x) => x / third)).toEqual(
      [1, 2, 2].map((x) => expect.closeTo(x)),
    );
    expect(vectors.get("green ape")).toEqual([0, 0, expect.closeTo(-Math.sqrt(3))]);
  });

  test("are refused where a text has none, where lines and vectors differ in number, and where they are no table", async () => {
    await write(["red ape", "green ape"]);
    const words = await captionVectors(from());
    await expect(vectorsOf(words, ["blue ape", "red ape", "an ape"])).rejects.toThrow(
      "words.txt has no line “blue ape”, nor for 1 other texts",
    );
    await expect(vectorsOf({ ...words, width: 4 }, ["red ape"])).rejects.toThrow(
      "has vectors of 3 numbers, and this run reads 4",
    );
    await write(["red ape"]);
    await expect(captionVectors(from())).rejects.toThrow("has 2 vectors and");
    await write(["red ape", "green ape"], [6]);
    await expect(captionVectors(from())).rejects.toThrow("is an array of shape [6]");
  });
});
