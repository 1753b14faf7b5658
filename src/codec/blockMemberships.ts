import type { BlockScan } from "./walk/blockScan.ts";

/** Where each coefficient of a channel stands in a block scan, and the ranges of its quad and its block. */
export function blockMemberships({ order, quadStart, blockStart }: BlockScan, size: number) {
  const index = new Int32Array(size);
  for (let k = 0; k < size; k++) index[order[k]!] = k;
  const ranges = () => ({ start: new Int32Array(size), end: new Int32Array(size) });
  const [quad, block] = [ranges(), ranges()];
  for (let b = 0; b < blockStart.length - 1; b++) {
    const [first, last] = [blockStart[b]!, blockStart[b + 1]!];
    for (let q = first; q < last; q++) {
      quad.start.fill(quadStart[q]!, quadStart[q], quadStart[q + 1]);
      quad.end.fill(quadStart[q + 1]!, quadStart[q], quadStart[q + 1]);
    }
    block.start.fill(quadStart[first]!, quadStart[first], quadStart[last]);
    block.end.fill(quadStart[last]!, quadStart[first], quadStart[last]);
  }
  return { index, quad, block };
}
