import { expect, test } from "vitest";
import { wavelet } from "../families/wavelet.ts";
import { distance, noise } from "../testing.ts";
import {
  bestBasis,
  countAbove,
  l1Norm,
  logEnergy,
  type PacketCost,
  shannonEntropy,
} from "./bestBasis.ts";
import { inverseWaveletPacket, onBasis, waveletPacket } from "./waveletPacket.ts";
import { inverseWaveletPacket2, waveletPacket2 } from "./waveletPacket2.ts";

const db4 = wavelet("db4");

const costs: readonly [string, PacketCost][] = [
  ["Shannon entropy", shannonEntropy],
  ["l1", l1Norm],
  ["log energy", logEnergy],
  ["count above 0.5", countAbove(0.5)],
];

test.each(costs)("by %s no basis is cheaper: all 677 of four levels are tried", (_, cost) => {
  const packet = waveletPacket(noise(32, 0), db4, { levels: 4, mode: "periodization" });
  const bases = allBases("", 4);
  expect(bases.length).toBe(677);
  const priceOf = (basis: string[]) =>
    basis.reduce((sum, path) => sum + cost(packet.nodes.get(path)!), 0);
  const best = bestBasis(packet, cost);
  expect(priceOf([...best.paths])).toBeCloseTo(best.cost, 9);
  expect(best.cost).toBeCloseTo(Math.min(...bases.map(priceOf)), 9);
});

test("the best basis of a tone has narrow bands, that of an impulse is the signal itself", () => {
  const tone = Float64Array.from({ length: 256 }, (_, n) => Math.sin(0.5 * Math.PI * (n + 0.3)));
  const impulse = Float64Array.from({ length: 256 }, (_, n) => (n === 100 ? 1 : 0));
  const options = { levels: 4, mode: "periodization" } as const;
  const basisOf = (x: Float64Array) =>
    bestBasis(waveletPacket(x, db4, options), shannonEntropy).paths;
  expect(basisOf(impulse)).toEqual([""]);
  expect(basisOf(tone).length).toBeGreaterThan(1);
});

test("reconstruction from the best basis alone, in one and two dimensions", () => {
  const signal = noise(45, 0);
  const packet = waveletPacket(signal, db4, { levels: 3 });
  const { paths } = bestBasis(packet, l1Norm);
  expect(distance(inverseWaveletPacket(onBasis(packet, paths), paths), signal)).toBeLessThan(5e-11);
  const image = { height: 9, width: 5, data: signal };
  const packet2 = waveletPacket2(image, wavelet("bior4.4"), { levels: 2 });
  const best = bestBasis(packet2, l1Norm);
  expect(distance(inverseWaveletPacket2(packet2, best.paths).data, signal)).toBeLessThan(5e-11);
});

test("the costs", () => {
  const x = Float64Array.of(0, 1, -2);
  expect(shannonEntropy(x)).toBeCloseTo(-4 * Math.log(4), 12);
  expect(l1Norm(x)).toBe(3);
  expect(logEnergy(x)).toBeCloseTo(Math.log(4), 12);
  expect(countAbove(1)(x)).toBe(1);
});

test("an incomplete tree is refused", () => {
  const packet = waveletPacket(noise(8, 0), db4, { levels: 1 });
  expect(() => bestBasis(onBasis(packet, ["a", "d"]), l1Norm)).toThrow('node "" is missing');
});

function allBases(path: string, levels: number): string[][] {
  if (levels === 0) return [[path]];
  const low = allBases(`${path}a`, levels - 1);
  const high = allBases(`${path}d`, levels - 1);
  return [[path], ...low.flatMap((a) => high.map((d) => [...a, ...d]))];
}
