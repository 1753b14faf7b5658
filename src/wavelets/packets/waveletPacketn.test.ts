import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandKeys } from "../arrays/axes.ts";
import { arrayOf } from "../arrays/matrix.ts";
import { type NdArray, sizeOf } from "../arrays/ndArray.ts";
import type { Mode } from "../extension/mode.ts";
import type { WaveletName } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, frozenAccuracy, noise, noiseMatrix } from "../testing.ts";
import { type Digest, digestError } from "../undecimated/testing.ts";
import { bestBasis, l1Norm } from "./bestBasis.ts";
import { packetNode, waveletPacket } from "./waveletPacket.ts";
import { packetNode2, packetPaths2, waveletPacket2 } from "./waveletPacket2.ts";
import {
  inverseWaveletPacketn,
  inverseWaveletPacketnAdjoint,
  onBasisn,
  packetNoden,
  packetPathsn,
  type WaveletPacketn,
  waveletPacketn,
  waveletPacketnAdjoint,
} from "./waveletPacketn.ts";

interface Frozen {
  wavelet: WaveletName;
  mode: Mode;
  shape: number[];
  axes: number[];
  levels: number;
  paths: string[];
  leaves: Digest;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/packetsn.json", import.meta.url), "utf8"),
);

test(`equals PyWavelets' WaveletPacketND on ${frozen.length} trees`, () => {
  for (const { wavelet, mode, shape, axes, levels, paths, leaves } of frozen) {
    const array = { shape, data: fixtureSignal(sizeOf(shape)) };
    const packet = waveletPacketn(array, wavelet, { mode, axes, levels });
    expect(packetPathsn(levels, axes.length).toSorted()).toEqual(paths);
    const ours = paths.flatMap((path) => [...packetNoden(packet, path).data]);
    expect(digestError(ours, leaves)).toBeLessThan(frozenAccuracy(wavelet));
  }
});

test("along one axis it is the transform of every row", () => {
  const { height, width, data } = noiseMatrix(3, 13);
  const rows = waveletPacketn({ shape: [height, width], data }, "db2", { axes: [1], levels: 2 });
  for (let row = 0; row < height; row++) {
    const signal = data.slice(row * width, (row + 1) * width);
    const alone = waveletPacket(signal, "db2", { levels: 2 });
    for (const [path, node] of rows.nodes) {
      const count = node.shape[1]!;
      const own = node.data.subarray(row * count, (row + 1) * count);
      expect(distance(own, packetNode(alone, path))).toBeLessThan(1e-14);
    }
  }
});

test("along two axes it is that of a matrix, whose letters stand for keys", () => {
  const matrix = noiseMatrix(9, 6);
  const packet = waveletPacketn(arrayOf(matrix), "bior2.2", { levels: 2 });
  const plane = waveletPacket2(matrix, "bior2.2", { levels: 2 });
  const keys: Record<string, string> = { a: "aa", h: "da", v: "ad", d: "dd" };
  for (const path of packetPaths2(2)) {
    const key = Array.from(path, (letter) => keys[letter]).join("");
    expect(distance(packetNoden(packet, key).data, packetNode2(plane, path).data)).toBe(0);
  }
});

const side = fc.integer({ min: 1, max: 7 });
const anyCase = fc.record({
  shape: fc.tuple(side, side, side),
  axes: fc.constantFrom([0, 2], [1], [2, 0, 1]),
  levels: fc.integer({ min: 0, max: 2 }),
  coins: fc.infiniteStream(fc.boolean()),
});

describe("any tree, with a wavelet and a mode for each axis", () => {
  const optionsOf = (axes: readonly number[], levels: number) => ({
    wavelets: (["db2", "haar", "bior2.2"] as const).slice(0, axes.length),
    options: {
      axes,
      levels,
      mode: (["symmetric", "periodization", "zero"] as const).slice(0, axes.length),
    },
  });

  test("any basis gives the array back, with its exact shape", () => {
    fc.assert(
      fc.property(anyCase, ({ shape, axes, levels, coins }) => {
        const array = { shape, data: noise(sizeOf(shape), 0) };
        const { wavelets, options } = optionsOf(axes, levels);
        const packet = waveletPacketn(array, wavelets, options);
        const basis = randomBasis(coins, bandKeys(axes.length), levels);
        for (const back of [
          inverseWaveletPacketn(onBasisn(packet, basis)),
          inverseWaveletPacketn(packet, basis),
          inverseWaveletPacketn(packet),
        ]) {
          expect(back.shape).toEqual(shape);
          expect(distance(back.data, array.data)).toBeLessThan(5e-11);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("adjoints of the whole tree, of a basis and of the inverse from it", () => {
    fc.assert(
      fc.property(anyCase, ({ shape, axes, levels, coins }) => {
        const x = { shape, data: noise(sizeOf(shape), 0) };
        const { wavelets, options } = optionsOf(axes, levels);
        const whole = waveletPacketn(x, wavelets, options);
        const basis = randomBasis(coins, bandKeys(axes.length), levels);
        for (const image of [whole, onBasisn(whole, basis)]) {
          const c = scrambled(image);
          expect(dot(bands(image), bands(c))).toBeCloseTo(
            dot(x.data, waveletPacketnAdjoint(c).data),
            7,
          );
        }
        const c = scrambled(onBasisn(whole, basis));
        const transposed = inverseWaveletPacketnAdjoint(x, wavelets, { ...options, basis });
        expect(dot(inverseWaveletPacketn(c).data, x.data)).toBeCloseTo(
          dot(bands(c), bands(transposed)),
          7,
        );
      }),
      { numRuns: 30 },
    );
  });
});

test("a constant volume needs only its coarsest node", () => {
  const volume = { shape: [4, 4, 4], data: new Float32Array(64).fill(1) };
  const packet = waveletPacketn(volume, "haar", { levels: 2 });
  const { paths } = bestBasis(packet, l1Norm);
  expect(paths[0]).toBe("aaaaaa");
  expect(packetNoden(packet, "aaaaaa").data).toBeInstanceOf(Float32Array);
  expect(distance(inverseWaveletPacketn(packet, paths).data, volume.data)).toBeLessThan(1e-6);
});

test("invalid arguments are refused by name", () => {
  const packet = waveletPacketn({ shape: [4, 4], data: noise(16, 0) }, "haar", { levels: 1 });
  expect(() => packetNoden(packet, "a")).toThrow("up to 1 of the keys aa, ad, da, dd");
  expect(() => packetNoden(packet, "aaaa")).toThrow('no node "aaaa"');
  expect(() => inverseWaveletPacketn(packet, ["aa", "ad", "da"])).toThrow('covers "dd"');
  const nodes = new Map(packet.nodes).set("ad", { shape: [4, 1], data: noise(4, 0) });
  expect(() => inverseWaveletPacketn({ ...packet, nodes })).toThrow(
    '"ad" has 4×1 coefficients instead of 2×2',
  );
  expect(() => waveletPacketn({ shape: [2], data: noise(2, 0) }, "haar", { axes: [1] })).toThrow(
    "no axis 1",
  );
});

const bands = (packet: WaveletPacketn<Float64Array>) =>
  Array.from(packet.nodes.values(), ({ data }) => data);

/** A basis of any depth, drawn by a coin at each node. */
function randomBasis(coins: Iterator<boolean>, names: string[], levels: number): string[] {
  const below = (path: string): string[] =>
    path.length === levels * names[0]!.length || coins.next().value === true
      ? [path]
      : names.flatMap((name) => below(path + name));
  return below("");
}

function scrambled(packet: WaveletPacketn<Float64Array>): WaveletPacketn<Float64Array> {
  const nodes = Array.from(packet.nodes, ([path, { shape, data }], i) => {
    const values = noise(data.length, i);
    return [path, { shape, data: values }] as [string, NdArray<Float64Array>];
  });
  return { ...packet, nodes: new Map(nodes) };
}
