import type { Mixing } from "../mixing/mixing.ts";
import { otherKind } from "../mixing/startingWeights.ts";

/** A picture of indices: each pixel is one of `count` colors. */
export interface IndexExtent {
  readonly width: number;
  readonly height: number;
  /** 1 to {@link colorLimit}. */
  readonly count: number;
}

/**
 * Who knows or decodes the answer to a question about the pixel at a place: does its index have the property? Contexts are set out before; −1
 * ends the walk: the answer cannot be known.
 */
type Answer = (pixel: number, has: (index: number) => 0 | 1, contexts: number) => 0 | 1 | -1;

/** Colors at most. */
export const colorLimit = 4096;
/** Neighbors at which a question looks. */
const around = 12;
/** Colors of neighbors that are asked for before any other. */
const most = 3;
/** What lies outside of the picture, or was not coded yet. */
const outside = 65535;

/**
 * Walks through a picture of indices from coarse to fine: first the pixels of a grid whose pixels are 2^n apart, row by row, then those
 * halfway between them along the rows, then the rows halfway between, and so on. A pixel is first asked to be the color that most
 * of its neighbors have, then the next ones, then any. `indices` are read where the answer knows them, and written.
 * Returns how many pixels were walked through.
 */
export function walkIndices(
  { width, height, count }: IndexExtent,
  indices: Uint16Array,
  { keys, measured, kind, sets, last, maps }: Mixing,
  answer: Answer,
): number {
  measured[0] = 0;
  kind[0] = otherKind;
  const bits = 32 - Math.clz32(count - 1);
  const firstLeaf = 2 ** bits;
  /** Colors of the neighbors, the nearest first. */
  const near = new Int32Array(around);
  /** Of each neighbor the number of its color among the candidates. */
  const ranks = new Int32Array(around);
  const candidates = new Int32Array(around);
  const votes = new Int32Array(around);
  let walked = 0;

  function see(place: number, x: number, y: number): void {
    near[place] = x < 0 || y < 0 || x >= width || y >= height ? outside : indices[y * width + x]!;
  }
  /** Sorts the colors of neighbors by their votes; the number of them. */
  function rank(): number {
    let same = 1;
    while (same < around && near[same] === near[0]) same++;
    if (same === around && near[0] !== outside) {
      ranks.fill(0);
      candidates[0] = near[0]!;
      return 1;
    }
    let found = 0;
    for (let i = 0; i < around; i++) {
      const color = near[i]!;
      if (color === outside) continue;
      let k = 0;
      while (k < found && candidates[k] !== color) k++;
      if (k === found) {
        candidates[found] = color;
        votes[found++] = 0;
      }
      const vote = votes[k]! + weights[i]!;
      for (; k > 0 && vote > votes[k - 1]!; k--) {
        candidates[k] = candidates[k - 1]!;
        votes[k] = votes[k - 1]!;
      }
      candidates[k] = color;
      votes[k] = vote;
    }
    for (let i = 0; i < around; i++) {
      let k = 0;
      while (k < found && candidates[k] !== near[i]) k++;
      ranks[i] = Math.min(k, 3);
    }
    return Math.min(found, most);
  }
  /** The index of a pixel whose neighbors are seen; −1 where it cannot be known. */
  function pixel(at: number, stage: number, level: number): number {
    const asked = rank();
    let shape = 0;
    for (let i = 0; i < 8; i++) shape = 4 * shape + ranks[i]!;
    let far = 0;
    for (let i = 8; i < around; i++) far = 4 * far + ranks[i]!;
    const [a, b, c, d] = [near[0]!, near[1]!, near[2]!, near[3]!];
    const pair = mix(a, b);
    const triple = mix(pair, c);
    const quad = mix(triple, d);
    let octet = quad;
    for (let i = 4; i < 8; i++) octet = mix(octet, near[i]!);
    for (let k = 0; k < asked; k++) {
      const color = candidates[k]!;
      const question = 4 * stage + k;
      keys[0] = mix(shape, question);
      keys[1] = mix(octet, question);
      keys[2] = mix(quad, question);
      keys[3] = mix(triple, question);
      keys[4] = mix(pair, question);
      keys[5] = mix(mix(shape, far), question);
      keys[6] = mix(mix(shape, color), question);
      keys[7] = mix(mix(level, color), question);
      keys[8] = mix(mix(mix(color, near[4]!), near[7]!), question);
      keys[9] = mix(mix(shape >> 8, level), question);
      keys[10] = mix(mix(octet, far), question);
      sets[0] = question * 256 + (shape >> 8);
      sets[1] = question * 16 + level;
      sets[2] = k * 256 + (shape & 255);
      sets[3] = k * 256 + (color & 255);
      sets[4] = k * 256 + far;
      sets[5] = question * 64 + (shape >> 10);
      last[0] = question * 16 + level;
      maps[0] = (shape ^ (question << 12)) & 65535;
      maps[1] = question * 256 + (color & 255);
      const bit = answer(at, (index) => (index === color ? 1 : 0), 11);
      if (bit < 0) return -1;
      if (bit === 1) return color;
    }
    let node = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const question = 16 + stage;
      keys[0] = mix(node, question);
      keys[1] = mix(mix(node, a), question);
      keys[2] = mix(mix(node, b), question);
      keys[3] = mix(mix(node, c), question);
      keys[4] = mix(mix(node, pair), question);
      keys[5] = mix(mix(node, level), question);
      keys[6] = mix(mix(node, shape), question);
      keys[7] = mix(mix(node, triple), question);
      sets[0] = 3840 + i;
      sets[1] = 3840 + level;
      sets[2] = 1024 + (node & 1023);
      sets[3] = 1024 + (node & 1023);
      sets[4] = 3840 + i;
      sets[5] = 3840 + i;
      last[0] = 1024 + (node & 1023);
      maps[0] = 64512 + (node & 1023);
      maps[1] = 64512 + (node & 1023);
      const shift = i;
      const bit = answer(at, (index) => ((index >> shift) & 1 ? 1 : 0), 8);
      if (bit < 0) return -1;
      node = 2 * node + bit;
    }
    return Math.min(node - firstLeaf, count - 1);
  }
  function at(x: number, y: number, stage: number, level: number): boolean {
    const index = pixel(y * width + x, stage, level);
    if (index < 0) return false;
    indices[y * width + x] = index;
    walked++;
    return true;
  }

  const levels = levelsOf(width, height);
  const coarse = 2 ** levels;
  for (let y = 0; y < height; y += coarse)
    for (let x = 0; x < width; x += coarse) {
      near.fill(outside);
      see(0, x - coarse, y);
      see(1, x, y - coarse);
      see(2, x - coarse, y - coarse);
      see(3, x + coarse, y - coarse);
      see(4, x - 2 * coarse, y);
      see(5, x, y - 2 * coarse);
      if (!at(x, y, 0, levels)) return walked;
    }
  for (let level = levels - 1; level >= 0; level--) {
    const s = 2 ** level;
    for (let y = 0; y < height; y += 2 * s)
      for (let x = s; x < width; x += 2 * s) {
        see(0, x - s, y);
        see(1, x + s, y);
        see(2, x, y - 2 * s);
        see(3, x - s, y - 2 * s);
        see(4, x + s, y - 2 * s);
        see(5, x - s, y + 2 * s);
        see(6, x + s, y + 2 * s);
        see(7, x - 2 * s, y);
        see(8, x - 3 * s, y);
        see(9, x + 3 * s, y);
        see(10, x, y - 4 * s);
        see(11, x - 2 * s, y - 2 * s);
        if (!at(x, y, 1, level)) return walked;
      }
    for (let y = s; y < height; y += 2 * s)
      for (let x = 0; x < width; x += s) {
        see(0, x, y - s);
        see(1, x, y + s);
        see(2, x - s, y);
        see(3, x - s, y - s);
        see(4, x - s, y + s);
        see(5, x + s, y - s);
        see(6, x + s, y + s);
        see(7, x, y - 2 * s);
        see(8, x, y + 3 * s);
        see(9, x - 2 * s, y);
        see(10, x - 2 * s, y - s);
        see(11, x + 2 * s, y + s);
        if (!at(x, y, 2, level)) return walked;
      }
  }
  return walked;
}

const weights = Int32Array.of(4, 4, 4, 2, 2, 2, 2, 3, 1, 1, 1, 1);

/** Halvings of the grid: so many that the coarsest has few pixels, at most 6. */
export const levelsOf = (width: number, height: number): number =>
  Math.min(Math.max(32 - Math.clz32(Math.max(width, height) - 1) - 2, 0), 6);

/** A number of two. */
const mix = (a: number, b: number): number => {
  const mixed = Math.imul(Math.imul(a ^ (a >>> 15), 0x2c1b3c6d) + b + 1, 0x297a2d39);
  return mixed ^ (mixed >>> 13);
};
