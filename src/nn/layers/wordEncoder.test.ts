import { describe, expect, it } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { constant, input } from "../../graph/index.ts";
import { compile } from "../../runtime/index.ts";
import { initialize } from "../../train/trainer.ts";
import { freeze, layoutOf } from "../parameters.ts";
import { wordEncoder } from "./wordEncoder.ts";

const options = { pieces: 9, width: 5 };
const layout = layoutOf((p) => wordEncoder(p, input("pieces", [1, 4], "int32"), options));
const random = createRandom(1);
const parameters = initialize(layout, random).map((x) => x + 0.3 * random.normal()); // its start would hide what it does

/** The vector of each text of up to `length` pieces. */
async function encode(texts: readonly (readonly number[])[], length = 4): Promise<number[][]> {
  const padded = texts.flatMap((text) => Array.from({ length }, (_, i) => text[i] ?? 0));
  const pieces = constant(padded, [texts.length, length], "int32");
  await using executable = await compile(
    { y: wordEncoder(freeze(layout, parameters), pieces, options) },
    { threads: 1 },
  );
  const y = Array.from((await executable.run({})).y as Float32Array);
  return texts.map((_, i) => y.slice(5 * i, 5 * i + 5));
}

const distance = (a: number[], b: number[]) => Math.hypot(...a.map((x, i) => x - b[i]!));

describe("wordEncoder", () => {
  it("makes the zero vector of no words", async () => {
    expect(await encode([[]])).toEqual([[0, 0, 0, 0, 0]]);
  });

  it("encodes a text independently of the batch and of the padding", async () => {
    const [alone] = await encode([[3, 1]]);
    const [, beside] = await encode([[2], [3, 1], [4, 4, 4, 4]]);
    const [roomy] = await encode([[3, 1]], 9);
    expect(distance(alone!, beside!)).toBeLessThan(1e-6);
    expect(distance(alone!, roomy!)).toBeLessThan(1e-6);
  });

  it("tells texts apart by their pieces and by which stand side by side", async () => {
    const vectors = await encode([[3, 1], [1, 3], [3, 2], [3], [3, 1, 2], [2, 3, 1]]);
    for (const [i, a] of vectors.entries()) {
      for (const b of vectors.slice(i + 1)) expect(distance(a, b)).toBeGreaterThan(1e-3);
    }
  });

  it("sees a piece through its neighbors alone, not by its position", async () => {
    // Far enough apart that no piece has other neighbors.
    const vectors = await encode(
      [
        [1, 1, 1, 2, 1, 1, 1, 1],
        [1, 1, 1, 1, 2, 1, 1, 1],
      ],
      8,
    );
    expect(distance(vectors[0]!, vectors[1]!)).toBeLessThan(1e-6);
  });
});
