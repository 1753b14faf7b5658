import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FloatArray } from "../floatArray.ts";
import { modes } from "../mode.ts";
import { sizeOf } from "../ndArray.ts";
import { distance, noise } from "../testing.ts";
import { wavelet, waveletNames } from "../wavelet.ts";
import { type AxisSteps, axisStep, type DownStep } from "./axisStep.ts";
import type { Kernel } from "./kernel.ts";
import { plainKernel } from "./plainKernel.ts";
import { doubleKind, simdKernel, singleKind } from "./simd/simdKernel.ts";
import { analyse, planAnalysis, planSynthesis, synthesise } from "./transform.ts";

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
  shape: fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 1, maxLength: 3 }),
  name: fc.constantFrom(...waveletNames),
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
          const analysis = axisStep("analysis", wavelet(name), mode, length);
          const size = around[0] * analysis.count * around[2];
          const bands = [kind.make(size), kind.make(size)];
          analyse(poisoned(kernel!), data, planAnalysis(shape, [{ axis, step: analysis }]), bands); // vectors are here
          const { lo, hi } = analysis.filters;
          for (const [k, taps] of [lo, hi].entries())
            expect(
              distance(bands[k]!, bandByDefinition(data, around, analysis, taps)),
            ).toBeLessThan(
              tolerance * 1000 ** (mode === "antireflect" || mode === "smooth" ? 1 : 0),
            );
        }
      }),
      { numRuns: 40 },
    );
  });

  test("goes back by the synthesis", () => {
    fc.assert(
      fc.property(cases, ({ shape, name, mode }) => {
        const data = kind.make(sizeOf(shape));
        data.set(noise(data.length, 2));
        const on = <Map extends keyof AxisSteps>(map: Map) =>
          shape.map((length, axis) => ({ axis, step: axisStep(map, wavelet(name), mode, length) }));
        const [down, up] = [on("analysis"), on("synthesis")];
        const size = sizeOf(down.map(({ step }) => step.count));
        const bands = Array.from({ length: 2 ** shape.length }, () => kind.make(size));
        analyse(poisoned(kernel!), data, planAnalysis(shape, down), bands); // vectors are here
        const back = kind.make(data.length);
        synthesise(poisoned(kernel!), bands, planSynthesis(shape, up), back);
        expect(distance(back, data)).toBeLessThan(name === "dmey" ? 0.01 : 100 * tolerance);
      }),
      { numRuns: 40 },
    );
  });
});

test("vectors of float64 give the plain kernel's numbers, bit for bit, also in the transposes", () => {
  const [plain, vectors] = [plainKernel(doubleKind.make), simdKernel(doubleKind)!]; // vectors are here
  fc.assert(
    fc.property(cases, ({ shape, name, mode, adjoint }) => {
      const data = noise(sizeOf(shape), 3);
      const on = <Map extends keyof AxisSteps>(map: Map) =>
        shape.map((length, axis) => ({ axis, step: axisStep(map, wavelet(name), mode, length) }));
      const down = on(adjoint ? "synthesisAdjoint" : "analysis");
      const up = on(adjoint ? "analysisAdjoint" : "synthesis");
      const size = sizeOf(down.map(({ step }) => step.count));
      const results = [plain, vectors].map((kernel) => {
        const bands = Array.from({ length: 2 ** shape.length }, () => new Float64Array(size));
        analyse(poisoned(kernel), data, planAnalysis(shape, down), bands);
        const back = new Float64Array(data.length);
        synthesise(poisoned(kernel), bands, planSynthesis(shape, up), back);
        return [...bands, back];
      });
      results[0]!.forEach((own, k) => {
        expect(distance(own, results[1]![k]!)).toBe(0); // two results of as many arrays
      });
    }),
    { numRuns: 100 },
  );
});
