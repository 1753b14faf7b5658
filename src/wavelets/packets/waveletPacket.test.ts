import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mode } from "../extension/mode.ts";
import { wavelet } from "../families/wavelet.ts";
import { distance, dot, fixtureSignal, frozenAccuracy, noise } from "../testing.ts";
import {
  type Digest,
  digestError,
  fixtureNames,
  orthogonalWavelets,
  testWavelets,
} from "../undecimated/testing.ts";
import {
  inverseWaveletPacket,
  inverseWaveletPacketAdjoint,
  onBasis,
  packetNode,
  packetPaths,
  waveletPacket,
  waveletPacketAdjoint,
} from "./waveletPacket.ts";

const db2 = wavelet("db2");

interface Frozen {
  wavelet: string;
  mode: Mode;
  shape: [number];
  levels: number;
  paths: string[] | null;
  leaves: Digest;
  inverse: Digest | null;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/packets.json", import.meta.url), "utf8"),
);
const modes: readonly Mode[] = ["symmetric", "periodization"];
const haar = wavelet("haar");

test("a node with another length than its level is refused, also the root", () => {
  const packet = waveletPacket(fixtureSignal(12), "haar", { levels: 2, mode: "periodization" });
  const wrong = { ...packet, nodes: new Map([["", new Float64Array(5)]]) };
  expect(() => inverseWaveletPacket(wrong, [""])).toThrow('"" has 5 coefficients instead of 12');
  expect(() => waveletPacketAdjoint(wrong)).toThrow("instead of 12");
  const inner = { ...packet, nodes: new Map(packet.nodes).set("a", new Float64Array(2)) };
  expect(() => waveletPacketAdjoint(inner)).toThrow('"a" has 2 coefficients instead of 6');
});

describe.each(fixtureNames)("%s", (name) => {
  const cases = frozen.filter((c) => c.wavelet === name);

  test(`equals PyWavelets on ${cases.length} trees`, () => {
    for (const { mode, shape, levels, paths, leaves, inverse } of cases) {
      const packet = waveletPacket(fixtureSignal(shape[0]), name, { mode, levels });
      const order = packetPaths(levels, "frequency");
      if (paths !== null) expect(order).toEqual(paths);
      const ours = order.flatMap((path) => [...packetNode(packet, path)]);
      expect(digestError(ours, leaves)).toBeLessThan(frozenAccuracy(name));
      if (inverse === null) continue;
      const size = packet.lengths[levels]!;
      const nodes = new Map(
        packetPaths(levels).map((path, i) => [path, fixtureSignal(size).map((v) => v + i)]),
      );
      expect(digestError(inverseWaveletPacket({ ...packet, nodes }), inverse)).toBeLessThan(
        frozenAccuracy(name),
      );
    }
  });
});

const anyCase = fc.record({
  length: fc.integer({ min: 1, max: 50 }),
  levels: fc.integer({ min: 0, max: 4 }),
  mode: fc.constantFrom(...modes),
  basis: fc.infiniteStream(fc.boolean()).map(randomBasis),
});

describe.each(testWavelets.map((w) => [w.name, w] as const))("%s", (_, w) => {
  test("any admissible basis gives the signal back, with its exact length", () => {
    fc.assert(
      fc.property(anyCase, ({ length, levels, mode, basis }) => {
        const signal = noise(length, 0);
        const packet = waveletPacket(signal, w, { levels, mode });
        const leaves = basis(levels);
        const back = inverseWaveletPacket(onBasis(packet, leaves), leaves);
        expect(distance(back, signal)).toBeLessThan(5e-11);
      }),
      { numRuns: 60 },
    );
  });

  test("adjoints of the whole tree, of a basis and of the inverse from it", () => {
    fc.assert(
      fc.property(anyCase, ({ length, levels, mode, basis }) => {
        const x = noise(length, 0);
        const leaves = basis(levels);
        const whole = waveletPacket(x, w, { levels, mode });
        for (const image of [whole, onBasis(whole, leaves)]) {
          const c = scrambled(image);
          const products = dot([...image.nodes.values()], [...c.nodes.values()]);
          expect(products).toBeCloseTo(dot(x, waveletPacketAdjoint(c)), 8);
        }
        const c = scrambled(onBasis(whole, leaves));
        const { nodes } = inverseWaveletPacketAdjoint(x, w, { levels, mode, basis: leaves });
        expect(dot(inverseWaveletPacket(c, leaves), x)).toBeCloseTo(
          dot([...c.nodes.values()], [...nodes.values()]),
          8,
        );
      }),
      { numRuns: 60 },
    );
  });
});

test.each(orthogonalWavelets.map((w) => [w.name, w] as const))(
  "%s with periodization keeps the energy in every level",
  (_, w) => {
    const signal = noise(32, 0);
    const packet = waveletPacket(signal, w, { mode: "periodization", levels: 3 });
    for (let level = 0; level <= 3; level++) {
      const nodes = packetPaths(level).map((path) => packetNode(packet, path));
      expect(dot(nodes, nodes)).toBeCloseTo(dot(signal, signal), 9);
    }
  },
);

test("frequency order: a faster sine has its energy in a later node", () => {
  const strongest = (frequency: number) => {
    const sine = Float64Array.from({ length: 512 }, (_, n) => Math.sin(Math.PI * frequency * n));
    const packet = waveletPacket(sine, testWavelets[2]!, { mode: "periodization", levels: 3 });
    const energies = packetPaths(3, "frequency").map((path) => {
      const node = packetNode(packet, path);
      return dot(node, node);
    });
    return energies.indexOf(Math.max(...energies));
  };
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((band) => strongest((band + 0.5) / 8))).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7,
  ]);
});

test("paths in both orders", () => {
  expect(packetPaths(2)).toEqual(["aa", "ad", "da", "dd"]);
  expect(packetPaths(2, "frequency")).toEqual(["aa", "ad", "dd", "da"]);
  expect(packetPaths(0)).toEqual([""]);
});

test("the result is a value of its own", () => {
  const signal = Float32Array.from(fixtureSignal(8));
  const packet = waveletPacket(signal, db2, { levels: 2 });
  expect(packetNode(packet, "ad")).toBeInstanceOf(Float32Array);
  signal.fill(0);
  expect(packetNode(packet, "")[0]).toBe(fixtureSignal(8)[0]);
});

test("invalid arguments are refused by name", () => {
  expect(() => waveletPacket(new Float64Array(0), haar)).toThrow("is empty");
  const packet = waveletPacket(fixtureSignal(8), haar, { levels: 2 });
  expect(() => packetNode(packet, "ax")).toThrow('no node "ax"');
  expect(() => packetNode(packet, "aaa")).toThrow("up to 2 of the letters a, d");
  expect(() => inverseWaveletPacket(packet, ["a", "da"])).toThrow('none of them covers "dd"');
  expect(() => inverseWaveletPacket(packet, ["a", "d", "da"])).toThrow("1 of 3 lie below others");
  const { leaves: _, ...part } = onBasis(packet, ["a", "d"]);
  expect(() => inverseWaveletPacket(part)).toThrow('"aa"');
});

/** A basis of any depth, drawn by a coin at each node. */
function randomBasis(coins: Iterator<boolean>): (levels: number) => string[] {
  const below = (path: string, levels: number): string[] =>
    path.length === levels || coins.next().value === true
      ? [path]
      : [...below(`${path}a`, levels), ...below(`${path}d`, levels)];
  return (levels) => below("", levels);
}

function scrambled<T extends { readonly nodes: ReadonlyMap<string, Float64Array> }>(packet: T): T {
  const nodes = new Map(
    Array.from(packet.nodes, ([path, node], i) => [
      path,
      noise(node.length, 0).map((v, n) => v * (((n + i) % 5) - 2)),
    ]),
  );
  return { ...packet, nodes };
}
