import fc from "fast-check";
import { expect, test } from "vitest";
import { doubleKind, singleKind } from "../../filterBank/simd/memory.ts";
import { distance, noise } from "../../testing.ts";
import type { LinePass, ShiftKernel } from "./kernel.ts";
import { plainShiftKernel } from "./plain.ts";
import { simdShiftKernel } from "./simd.ts";

/** Lines with up to `reach` samples around them, and up to 20 taps. */
const cases = fc.record({
  count: fc.integer({ min: 1, max: 90 }),
  lines: fc.integer({ min: 1, max: 4 }),
  shifts: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 20 }),
  gap: fc.integer({ min: 0, max: 5 }),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;
const reach = 30;

/** The heap after both passes of a kernel, and where the results are. */
function run(kernel: ShiftKernel, { count, lines, shifts, gap }: Case) {
  const sourceHop = 2 * reach + count;
  const targetHop = count + gap;
  const targets = [0, 1, 2].map((k) => lines * (sourceHop + k * targetHop));
  const heap = kernel.heap(lines * (sourceHop + 3 * targetHop));
  heap.fill(Number.NaN); // shows what is read without need, and what is written where it should not be
  heap.set(noise(lines * sourceHop, 1));
  const pass: LinePass = { source: reach, count, lines, sourceHop, targetHop };
  const [low, high] = [2, 3].map((seed) => Float64Array.from(noise(shifts.length, seed)));
  const places = Int32Array.from(shifts);
  kernel.filter({ shifts: places, weights: low! }, pass, targets[0]!);
  kernel.filterBoth({ shifts: places, low: low!, high: high! }, pass, targets[1]!, targets[2]!);
  return { heap: heap.slice(0, lines * (sourceHop + 3 * targetHop)), targets, low: low! };
}

test("the plain kernel makes the sums of the definition", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { heap, targets, low } = run(plainShiftKernel(doubleKind.make), one);
      const { count, lines, shifts, gap } = one;
      for (let line = 0; line < lines; line++)
        for (let n = 0; n < count; n++) {
          const at = reach + line * (2 * reach + count) + n;
          const sum = shifts.reduce((all, shift, j) => all + low[j]! * heap[at + shift]!, 0);
          for (const target of targets.slice(0, 2))
            expect(heap[target + line * (count + gap) + n]).toBeCloseTo(sum, 12);
        }
    }),
    { numRuns: 50 },
  );
});

test("vectors of float64 give the plain kernel's numbers, bit for bit, and write nothing else", () => {
  const vectors = simdShiftKernel(doubleKind)!; // vectors are here
  fc.assert(
    fc.property(cases, (one) => {
      const [ours, plain] = [vectors, plainShiftKernel(doubleKind.make)].map((k) => run(k, one));
      expect(ours!.heap).toEqual(plain!.heap); // two kernels
    }),
    { numRuns: 100 },
  );
});

test("vectors of float32 agree with the plain kernel, and write nothing else", () => {
  const vectors = simdShiftKernel(singleKind)!; // vectors are here
  fc.assert(
    fc.property(cases, (one) => {
      const [ours, plain] = [vectors, plainShiftKernel(singleKind.make)].map((k) => run(k, one));
      const [a, b] = [ours!, plain!].map(({ heap }) => Array.from(heap)); // two kernels
      expect(a!.map(Number.isNaN)).toEqual(b!.map(Number.isNaN));
      const finite = (values: readonly number[]) => values.filter((x) => !Number.isNaN(x));
      expect(distance(finite(a!), finite(b!))).toBeLessThan(2e-5);
    }),
    { numRuns: 50 },
  );
});

test("arrays larger than the memory use the plain kernel, and smaller ones after them do not see it", () => {
  const small = simdShiftKernel(doubleKind, 3)!; // vectors are here
  for (const lines of [1, 200, 2]) {
    const one: Case = { count: 80, lines, shifts: [-3, 0, 12, 30], gap: 1 };
    expect(run(small, one).heap).toEqual(run(plainShiftKernel(doubleKind.make), one).heap);
  }
});
