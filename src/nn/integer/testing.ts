import type { Random } from "../../data/random/random.ts";

/** A layer of random weights, some of which are far larger than the others. */
export function randomLayer(random: Random, inputs: number, outputs: number, scale = 1) {
  const draw = () => random.normal() * scale * (random.uniform() < 0.02 ? 20 : 1);
  return {
    weight: Float32Array.from({ length: inputs * outputs }, draw),
    bias: Float32Array.from({ length: outputs }, draw),
  };
}

/** FNV-1a of 32-bit integers, to pin tables: a machine that computes another one would read no file of this one. */
export function checksum(values: ArrayLike<number>): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < values.length; i++)
    for (let shift = 0; shift < 32; shift += 8)
      hash = Math.imul(hash ^ ((values[i]! >> shift) & 255), 0x01000193);
  return (hash >>> 0).toString(16);
}
