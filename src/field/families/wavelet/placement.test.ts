import { describe, expect, test } from "vitest";
import { createRandom } from "../../../data/random/random.ts";
import type { Signal } from "../../signal/signal.ts";
import { placeAtoms, toCoordinates } from "./placement.ts";

const n = 64;
/** A bright disc of radius 20 in the middle of a dark picture. */
const disc: Signal = {
  size: [n, n],
  channels: 1,
  values: Float32Array.from({ length: n * n }, (_, i) => {
    const [y, x] = [Math.floor(i / n) - 31.5, (i % n) - 31.5];
    return 2 / (1 + Math.exp(2 * (Math.hypot(x, y) - 20))) - 1;
  }),
};
const place = (signal: Signal, count: number, init: "maxima" | "random", seed = 1) =>
  placeAtoms(signal, count, init, createRandom(seed));
const radius = (at: readonly number[]) => Math.hypot(at[0]! - 31.5, at[1]! - 31.5);

describe("on maxima", () => {
  test("atoms lie on the edge and wave across it", () => {
    const atoms = place(disc, 60, "maxima");
    expect(atoms).toHaveLength(60);
    for (const { at, direction } of atoms.slice(0, 30)) {
      expect(Math.abs(radius(at) - 20)).toBeLessThan(1.5);
      const outwards = ((at[0]! - 31.5) * direction[0]! + (at[1]! - 31.5) * direction[1]!) / 20;
      expect(Math.abs(outwards)).toBeGreaterThan(0.9);
      expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
    }
  });

  test("atoms of one scale are no nearer than the scale", () => {
    const atoms = place(disc, 24, "maxima");
    for (const [i, a] of atoms.entries()) {
      for (const b of atoms.slice(0, i)) {
        const apart = Math.hypot(a.at[0]! - b.at[0]!, a.at[1]! - b.at[1]!);
        if (a.scale === b.scale) expect(apart).toBeGreaterThanOrEqual(a.scale);
      }
    }
  });

  test("all directions lie in one half-plane", () => {
    const angles = place(disc, 40, "maxima").map(({ direction: [y, x] }) => Math.atan2(y!, x!));
    const sorted = angles.toSorted((a, b) => a - b);
    const gaps = sorted.map(
      (a, i) => (i === 0 ? sorted.at(-1)! - 2 * Math.PI : sorted[i - 1]!) - a,
    ); // not empty
    expect(Math.min(...gaps)).toBeLessThan(-Math.PI + 0.5);
  });

  test("where there are too few, all are placed all the same", () => {
    const flat: Signal = { size: [16, 16], channels: 1, values: new Float32Array(256) };
    const atoms = place(flat, 12, "maxima");
    expect(atoms).toHaveLength(12);
    expect(atoms.every(({ at }) => at.every((x) => x >= -0.5 && x <= 15.5))).toBe(true);
  });

  test("where there are too few, each point serves at twice and half its scale, and no two atoms are alike", () => {
    const atoms = place(disc, 2000, "maxima");
    expect(new Set(atoms.map(({ at, scale }) => `${at}/${scale}`)).size).toBe(atoms.length);
    expect(new Set(atoms.map(({ scale }) => scale))).toEqual(new Set([1, 2, 4, 8, 16]));
  });

  test("of a sound with a step, atoms lie on the step", () => {
    const values = Float32Array.from({ length: 200 }, (_, i) => (i < 90 ? -0.5 : 0.5));
    const atoms = place({ size: [200], channels: 1, values }, 3, "maxima");
    expect(atoms.every(({ at }) => Math.abs(at[0]! - 89.5) < 0.6)).toBe(true); // one axis
  });

  test("of a volume with a ball, atoms lie on its surface and wave across it, in one half-space", () => {
    const size = [32, 34, 33];
    const away = ([z = 0, y = 0, x = 0]: readonly number[]) => [z - 15.5, y - 16.5, x - 16];
    const values = Float32Array.from({ length: 32 * 34 * 33 }, (_, i) => {
      const at = [Math.floor(i / (34 * 33)), Math.floor(i / 33) % 34, i % 33];
      return Math.hypot(...away(at)) < 12 ? 0.5 : -0.5;
    });
    const atoms = place({ size, channels: 1, values }, 30, "maxima").filter(
      ({ scale }) => scale < 4,
    );
    expect(atoms.length).toBeGreaterThan(10);
    for (const { at, direction } of atoms) {
      const distance = Math.hypot(...away(at));
      expect(Math.abs(distance - 12)).toBeLessThan(1);
      const across = away(at).reduce((sum, x, axis) => sum + x * direction[axis]!, 0) / distance;
      expect(Math.abs(across)).toBeGreaterThan(0.95);
    }
    expect([0, 1, 2].some((axis) => atoms.every(({ direction }) => direction[axis]! >= 0))).toBe(
      true,
    ); // likewise
  });

  test("of a volume that is flat, atoms start anywhere, in any direction", () => {
    const volume: Signal = { size: [5, 6, 7], channels: 1, values: new Float32Array(210) };
    const atoms = place(volume, 9, "maxima");
    expect(atoms).toHaveLength(9);
    expect(new Set(atoms.map(({ direction }) => direction[2])).size).toBe(9);
  });
});

test("the random control has the same scales and directions, elsewhere", () => {
  const [maxima, random] = [place(disc, 40, "maxima"), place(disc, 40, "random")];
  const kinds = (atoms: typeof maxima) =>
    atoms.map(({ scale, direction }) => ({ scale, direction }));
  expect(kinds(random)).toEqual(kinds(maxima));
  const onEdge = (atoms: typeof maxima) =>
    atoms.filter(({ at }) => Math.abs(radius(at) - 20) < 2).length;
  expect(onEdge(random)).toBeLessThan(onEdge(maxima) / 2);
});

test("places in samples are coordinates as signals have them", () => {
  expect(toCoordinates([0, 0], [2, 4])).toEqual([-0.25, -0.75]);
  expect(toCoordinates([0.5, 1.5], [2, 4])).toEqual([0, 0]);
});
