import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mode } from "../extension/mode.ts";
import { wavelet } from "../families/wavelet.ts";
import {
  distance,
  dot,
  fixtureMatrix,
  fixtureSignal,
  frozenAccuracy,
  noise,
  noiseMatrix,
} from "../testing.ts";
import { type Digest, digestError, fixtureNames, testWavelets } from "../undecimated/testing.ts";
import {
  inverseWaveletPacket2,
  inverseWaveletPacket2Adjoint,
  onBasis2,
  packetNode2,
  packetPaths2,
  type WaveletPacket2,
  waveletPacket2,
  waveletPacket2Adjoint,
} from "./waveletPacket2.ts";

interface Frozen {
  wavelet: string;
  mode: Mode;
  shape: [number, number];
  levels: number;
  paths: string[] | null;
  leaves: Digest;
  inverse: Digest | null;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/packets2.json", import.meta.url), "utf8"),
);

test("a node with another size than its level is refused", () => {
  const matrix = { height: 4, width: 6, data: fixtureSignal(24) };
  const packet = waveletPacket2(matrix, "haar", { levels: 1 });
  const wrong = { ...packet, nodes: new Map([["", { ...matrix, height: 6, width: 4 }]]) };
  expect(() => inverseWaveletPacket2(wrong, [""])).toThrow("6×4 coefficients instead of 4×6");
  expect(() => waveletPacket2Adjoint(wrong)).toThrow("6×4 coefficients instead of 4×6");
});

describe.each(fixtureNames)("%s", (name) => {
  const cases = frozen.filter((c) => c.wavelet === name);

  test(`equals PyWavelets on ${cases.length} trees`, () => {
    for (const { mode, shape, levels, paths, leaves, inverse } of cases) {
      const packet = waveletPacket2(fixtureMatrix(...shape), name, { mode, levels });
      const order = packetPaths2(levels, "frequency");
      if (paths !== null) expect(order).toEqual(paths);
      const ours = order.flatMap((path) => [...packetNode2(packet, path).data]);
      expect(digestError(ours, leaves)).toBeLessThan(frozenAccuracy(name));
      if (inverse === null) continue;
      const size = packet.sizes[levels]!;
      const nodes = new Map(
        packetPaths2(levels).map((path, i) => {
          const leaf = fixtureMatrix(size.height, size.width);
          return [path, { ...leaf, data: leaf.data.map((v) => v + i) }];
        }),
      );
      const { data } = inverseWaveletPacket2({ ...packet, nodes });
      expect(digestError(data, inverse)).toBeLessThan(frozenAccuracy(name));
    }
  });
});

const side = fc.integer({ min: 1, max: 15 });
const anyOptions = fc.record({
  levels: fc.integer({ min: 0, max: 2 }),
  mode: fc.constantFrom<Mode>("symmetric", "periodization"),
  basis: fc.infiniteStream(fc.boolean()).map(randomBasis),
});

describe.each(testWavelets.map((w) => [w.name, w] as const))("%s", (_, w) => {
  test("any admissible basis gives the matrix back, with its exact size", () => {
    fc.assert(
      fc.property(side, side, anyOptions, (height, width, { basis, ...options }) => {
        const image = noiseMatrix(height, width);
        const leaves = basis(options.levels);
        const packet = waveletPacket2(image, w, options);
        const back = inverseWaveletPacket2(onBasis2(packet, leaves), leaves);
        expect([back.height, back.width]).toEqual([height, width]);
        expect(distance(back.data, image.data)).toBeLessThan(5e-11);
      }),
      { numRuns: 30 },
    );
  });

  test("adjoints of the whole tree, of a basis and of the inverse from it", () => {
    fc.assert(
      fc.property(side, side, anyOptions, (height, width, { basis, ...options }) => {
        const x = noiseMatrix(height, width);
        const leaves = basis(options.levels);
        const whole = waveletPacket2(x, w, options);
        for (const image of [whole, onBasis2(whole, leaves)]) {
          const c = scrambled(image);
          expect(dot(bands(image), bands(c))).toBeCloseTo(
            dot(x.data, waveletPacket2Adjoint(c).data),
            7,
          );
        }
        const c = scrambled(onBasis2(whole, leaves));
        const transposed = inverseWaveletPacket2Adjoint(x, w, { ...options, basis: leaves });
        expect(dot(inverseWaveletPacket2(c, leaves).data, x.data)).toBeCloseTo(
          dot(bands(c), bands(transposed)),
          7,
        );
      }),
      { numRuns: 30 },
    );
  });
});

test("frequency order is a square: rows by axis 0, columns by axis 1", () => {
  expect(packetPaths2(1, "frequency")).toEqual(["a", "v", "h", "d"]);
  expect(packetPaths2(1)).toEqual(["a", "h", "v", "d"]);
  expect(packetPaths2(2, "frequency").slice(0, 4)).toEqual(["aa", "av", "vv", "va"]);
});

test("invalid arguments are refused by name", () => {
  const haar = wavelet("haar");
  expect(() => waveletPacket2({ height: 2, width: 2, data: new Float64Array(3) }, haar)).toThrow(
    "2×2",
  );
  const packet = waveletPacket2(noiseMatrix(4, 4), haar, { levels: 1 });
  expect(() => packetNode2(packet, "x")).toThrow("a, h, v, d");
  expect(() => inverseWaveletPacket2(packet, ["a", "h", "v"])).toThrow('none of them covers "d"');
});

function bands(packet: WaveletPacket2<Float64Array>): Float64Array[] {
  return Array.from(packet.nodes.values(), (node) => node.data);
}

function randomBasis(coins: Iterator<boolean>): (levels: number) => string[] {
  const below = (path: string, levels: number): string[] =>
    path.length === levels || coins.next().value === true
      ? [path]
      : [..."ahvd"].flatMap((letter) => below(path + letter, levels));
  return (levels) => below("", levels);
}

function scrambled(packet: WaveletPacket2<Float64Array>): WaveletPacket2<Float64Array> {
  const nodes = new Map(
    Array.from(packet.nodes, ([path, node], i) => {
      const data = noise(node.data.length, 0).map((v, n) => v * (((n + i) % 5) - 2));
      return [path, { ...node, data }];
    }),
  );
  return { ...packet, nodes };
}
