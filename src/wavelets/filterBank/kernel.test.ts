import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FloatArray } from "../arrays/floatArray.ts";
import { sizeOf } from "../arrays/ndArray.ts";
import { modes } from "../extension/mode.ts";
import { orthogonalWavelet } from "../families/customBank.ts";
import { wavelet } from "../families/wavelet.ts";
import { distance, largest, noise } from "../testing.ts";
import {
  analysisAdjointStep,
  analysisStep,
  type DownStep,
  type StepMaker,
  synthesisAdjointStep,
  synthesisStep,
  type UpStep,
} from "./axisStep.ts";
import type { Kernel } from "./kernel.ts";
import {
  plainDownAcross,
  plainDownAlong,
  plainMemory,
  plainUpAcross,
  plainUpAlong,
} from "./plainKernel.ts";
import { doubleKind, singleKind } from "./simd/memory.ts";
import { simdDownAcross } from "./simd/simdDownAcross.ts";
import { simdDownAlong } from "./simd/simdDownAlong.ts";
import { simdMemory } from "./simd/simdMemory.ts";
import { simdUpAcross } from "./simd/simdUpAcross.ts";
import { simdUpAlong } from "./simd/simdUpAlong.ts";
import { analyze, planAnalysis, planSynthesis, synthesize } from "./transform.ts";
import type { Wavelet } from "./wavelet.ts";

/** Both halves of the plain kernel on one memory. */
function plainKernel(make: (length: number) => FloatArray): Kernel {
  const memory = plainMemory(make);
  const { current } = memory;
  return {
    ...memory,
    ...plainDownAcross(current),
    ...plainDownAlong(current),
    ...plainUpAcross(current),
    ...plainUpAlong(current),
  };
}

/** Both halves of the kernel of vectors on one memory, which are here. */
function simdKernel(kind: typeof singleKind | typeof doubleKind, mostPages?: number): Kernel {
  const memory =
    kind === singleKind ? simdMemory(singleKind, mostPages) : simdMemory(doubleKind, mostPages);
  return {
    ...memory!,
    ...simdDownAcross(memory!)!,
    ...simdDownAlong(memory!)!,
    ...simdUpAcross(memory!)!,
    ...simdUpAlong(memory!)!,
  };
}

const kernels = {
  "plain, float64": { kernel: plainKernel(doubleKind.make), kind: doubleKind, tolerance: 1e-12 },
  "plain, float32": { kernel: plainKernel(singleKind.make), kind: singleKind, tolerance: 2e-5 },
  "vectors, float64": { kernel: simdKernel(doubleKind), kind: doubleKind, tolerance: 1e-12 },
  "vectors, float32": { kernel: simdKernel(singleKind), kind: singleKind, tolerance: 2e-5 },
} as const;

/** A kernel whose heap holds NaN wherever a pass has not written: what is read without need then shows. */
function poisoned(kernel: Kernel): Kernel {
  return {
    ...kernel,
    heap: (elements, longest) => kernel.heap(elements, longest).fill(Number.NaN),
  };
}

const cases = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 3 }),
  // A kernel knows no more of a wavelet than its taps: of every length up to 10, and of 18, 40 and 62.
  name: fc.constantFrom(
    ...(["haar", "db2", "bior2.2", "db4", "rbio4.4", "coif3", "sym20", "db31"] as const),
  ),
  mode: fc.constantFrom(...modes),
  adjoint: fc.boolean(),
});

/** The definition of a step down along one axis of `[outer, length, inner]`, straight from the extended samples. */
function bandByDefinition(
  data: FloatArray,
  [outer, length, inner]: readonly [number, number, number],
  step: DownStep,
  taps: Float64Array,
): Float64Array {
  const { extension, count } = step;
  const f = taps.length;
  const band = new Float64Array(outer * count * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const at = (n: number) => data[(o * length + n) * inner + i]!;
      const sample = (place: number) => {
        const n = place - extension.before;
        if (n >= 0 && n < length) return at(n);
        const p = n < 0 ? place : place - length;
        let sum = 0;
        for (let t = extension.starts[p]!; t < extension.starts[p + 1]!; t++)
          sum += extension.weights[t]! * at(extension.samples[t]!);
        return sum;
      };
      for (let k = 0; k < count; k++) {
        let sum = 0;
        for (let j = 0; j < f; j++) sum += taps[j]! * sample(2 * k + f - 1 - j);
        band[(o * count + k) * inner + i] = sum;
      }
    }
  }
  return band;
}

/** What rounding errors are measured by: where a rule extrapolates, they are those of what it makes. */
const scaleOf = (bands: readonly FloatArray[]) => Math.max(1, ...bands.map(largest));

describe.each(Object.entries(kernels))("%s", (_, { kernel, kind, tolerance }) => {
  test("makes the bands of the definition along every axis", () => {
    fc.assert(
      fc.property(cases, ({ shape, name, mode }) => {
        const data = kind.make(sizeOf(shape));
        data.set(noise(data.length, 1));
        for (const [axis, length] of shape.entries()) {
          const around = [
            sizeOf(shape.slice(0, axis)),
            length,
            sizeOf(shape.slice(axis + 1)),
          ] as const;
          const analysis = analysisStep(wavelet(name), mode, length);
          const size = around[0] * analysis.count * around[2];
          const bands = [kind.make(size), kind.make(size)];
          analyze(poisoned(kernel), data, planAnalysis(shape, [{ axis, step: analysis }]), bands);
          const { lo, hi } = analysis.filters;
          const most = scaleOf(bands);
          for (const [k, taps] of [lo, hi].entries()) {
            const expected = bandByDefinition(data, around, analysis, taps);
            expect(distance(bands[k]!, expected) / most).toBeLessThan(tolerance); // two bands
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ["many lines, some at a time", [700, 33]],
    ["a line in pieces", [20_001]],
    ["lines in pieces", [3, 9000]],
  ] as const)("%s", (_, shape) => {
    const length = shape.at(-1)!; // a shape has an axis
    const lines = sizeOf(shape) / length;
    const axis = shape.length - 1;
    const data = kind.make(sizeOf(shape));
    data.set(noise(data.length, 5));
    for (const name of ["haar", "db4", "db31"] as const)
      for (const mode of ["periodic", "periodization", "antireflect"] as const) {
        const down = analysisStep(wavelet(name), mode, length);
        const size = lines * down.count;
        const bands = [kind.make(size), kind.make(size)];
        analyze(poisoned(kernel!), data, planAnalysis(shape, [{ axis, step: down }]), bands); // vectors are here
        const { lo, hi } = down.filters;
        for (const [k, taps] of [lo, hi].entries()) {
          const expected = bandByDefinition(data, [lines, length, 1], down, taps);
          expect(distance(bands[k]!, expected) / scaleOf(bands)).toBeLessThan(tolerance); // two bands
        }
        const up = synthesisStep(wavelet(name), mode, length);
        const back = kind.make(data.length);
        synthesize(poisoned(kernel!), bands, planSynthesis(shape, [{ axis, step: up }]), back);
        expect(distance(back, data) / scaleOf(bands)).toBeLessThan(100 * tolerance);
      }
  });

  test("goes back by the synthesis", () => {
    fc.assert(
      fc.property(cases, ({ shape, name, mode }) => {
        const data = kind.make(sizeOf(shape));
        data.set(noise(data.length, 2));
        const on = <Step>(make: StepMaker<Step>) =>
          shape.map((length, axis) => ({ axis, step: make(wavelet(name), mode, length) }));
        const [down, up] = [on(analysisStep), on(synthesisStep)];
        const size = sizeOf(down.map(({ step }) => step.count));
        const bands = Array.from({ length: 2 ** shape.length }, () => kind.make(size));
        analyze(poisoned(kernel), data, planAnalysis(shape, down), bands);
        const back = kind.make(data.length);
        synthesize(poisoned(kernel), bands, planSynthesis(shape, up), back);
        expect(distance(back, data) / scaleOf(bands)).toBeLessThan(100 * tolerance);
      }),
      { numRuns: 30 },
    );
  });
});

describe("arrays that do not fit into WebAssembly memory use the plain kernel", () => {
  const [plain, roomy] = [plainKernel(doubleKind.make), simdKernel(doubleKind)];
  /** Bands of noise by a kernel, and the noise again. */
  const there = (kernel: Kernel, shape: readonly number[], bank: Wavelet) => {
    const data = noise(sizeOf(shape), 4);
    const on = <Step>(make: StepMaker<Step>) =>
      shape.map((length, axis) => ({ axis, step: make(bank, "periodization", length) }));
    const [down, up] = [on(analysisStep), on(synthesisStep)];
    const size = sizeOf(down.map(({ step }) => step.count));
    const bands = Array.from({ length: 2 ** shape.length }, () => new Float64Array(size));
    analyze(poisoned(kernel), data, planAnalysis(shape, down), bands);
    const back = new Float64Array(data.length);
    synthesize(poisoned(kernel), bands, planSynthesis(shape, up), back);
    return [...bands, back, data];
  };
  const expectSame = (kernel: Kernel, shape: readonly number[], bank: Wavelet) => {
    const [ours, theirs] = [there(kernel, shape, bank), there(plain, shape, bank)];
    for (const [k, band] of ours.entries()) expect(distance(band, theirs[k]!)).toBe(0);
    expect(distance(ours.at(-2)!, ours.at(-1)!)).toBeLessThan(1e-10); // never empty
  };

  test("arrays larger than it, and smaller ones again after them", () => {
    const small = simdKernel(doubleKind, 4);
    for (const shape of [[20, 30], [300, 200], [20, 30], [70_000], [9]])
      expectSame(small, shape, wavelet("db2"));
  });

  test("lines and filters of any length", () => {
    for (const shape of [[5], [200_000], [3, 40_000], [7]])
      expectSame(roomy, shape, wavelet("bior2.2"));
    // A page holds 4,096 pairs of taps.
    const taps = new Array<number>(5000).fill(0).fill(Math.SQRT1_2, 4998);
    const long = orthogonalWavelet("long", taps);
    for (const shape of [[40], [6, 8]]) expectSame(roomy, shape, long);
  });
});

test("vectors have the plain kernel's signs of zeros, infinities and NaN along lines", () => {
  const values = [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NaN];
  // Every pair of values in a row, so that sums of two taps meet all of them.
  const data = Float64Array.from(values.flatMap((a) => values.flatMap((b) => [a, b])));
  for (const name of ["haar", "bior2.2", "db4"] as const)
    for (const mode of ["zero", "periodization"] as const) {
      const [down, up] = [analysisStep, synthesisStep].map((make) => ({
        axis: 0,
        step: make(wavelet(name), mode, data.length),
      })) as [{ axis: 0; step: DownStep }, { axis: 0; step: UpStep }];
      const [plain, vectors] = [plainKernel(doubleKind.make), simdKernel(doubleKind)].map(
        (kernel) => {
          const bands = [0, 0].map(() => new Float64Array(down.step.count));
          analyze(kernel, data, planAnalysis([data.length], [down]), bands);
          const back = new Float64Array(data.length);
          synthesize(kernel, bands, planSynthesis([data.length], [up]), back);
          return [...bands, back];
        },
      );
      expect(vectors).toEqual(plain);
    }
});

test("vectors of float64 give the plain kernel's numbers, bit for bit, also in the transposes", () => {
  const [plain, vectors] = [plainKernel(doubleKind.make), simdKernel(doubleKind)];
  fc.assert(
    fc.property(cases, ({ shape, name, mode, adjoint }) => {
      const data = noise(sizeOf(shape), 3);
      const on = <Step>(make: StepMaker<Step>) =>
        shape.map((length, axis) => ({ axis, step: make(wavelet(name), mode, length) }));
      const down = on(adjoint ? synthesisAdjointStep : analysisStep);
      const up = on(adjoint ? analysisAdjointStep : synthesisStep);
      const size = sizeOf(down.map(({ step }) => step.count));
      const results = [plain, vectors].map((kernel) => {
        const bands = Array.from({ length: 2 ** shape.length }, () => new Float64Array(size));
        analyze(poisoned(kernel), data, planAnalysis(shape, down), bands);
        const back = new Float64Array(data.length);
        synthesize(poisoned(kernel), bands, planSynthesis(shape, up), back);
        return [...bands, back];
      });
      results[0]!.forEach((own, k) => {
        expect(distance(own, results[1]![k]!)).toBe(0); // two results of as many arrays
      });
    }),
    { numRuns: 100 },
  );
});
