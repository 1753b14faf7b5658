import { describe, expect, test } from "vitest";
import * as w from "../index.ts";
import { noise } from "../testing.ts";

type Floats = Float64Array | Float32Array;

// biome-ignore lint/suspicious/noExplicitAny: the table below has functions of all sorts of data
type Anything = any;

/** A function with the option `out`. */
interface Case {
  /** What it takes: an array, or the result of another function. */
  readonly input: Anything;
  readonly run: (input: Anything, options: w.Into<Anything>) => unknown;
  /** Whether `out` may be any part of the memory of the input. */
  readonly isSafe?: boolean;
}

const matrix = (data: Floats) => ({ height: 8, width: 12, data });
const volume = (data: Floats) => ({ shape: [4, 4, 6], data });

/** The functions with data of one type: 96 numbers. */
function casesOf(data: Floats): Record<string, Case> {
  const tiled = { levels: 1, mode: "periodization" } as const;
  const bands2 = w.wavedec2(matrix(data), "db2", tiled);
  const rows = { levels: 2, axes: [1] };
  const modes = ["zero", "constant", "symmetric", "reflect", "periodic", "smooth"] as const;
  const others = ["antisymmetric", "antireflect", "periodization"] as const;
  const padded = [...modes, ...others].map((mode): [string, Case] => [
    `pad, ${mode}`,
    { input: data, run: (x, o) => w.pad(x, [7, 200], mode, o), isSafe: true },
  ]);
  /** The same function with several sets of options. */
  const each = (
    name: string,
    input: Anything,
    sets: Readonly<Record<string, object>>,
    run: (input: Anything, options: Anything) => unknown,
    isSafe = false,
  ): [string, Case][] =>
    Object.entries(sets).map(([set, options]) => [
      `${name}, ${set}`,
      { input, run: (x, o) => run(x, { ...options, ...o }), isSafe },
    ]);
  const [whole, trimmed] = [{ levels: 2 }, { levels: 2, trimApprox: true }];
  const none = { levels: 0 };
  const still = { whole, trimmed, "no levels": none };
  return Object.fromEntries([
    ...padded,
    ["threshold", { input: data, run: (x, o) => w.threshold(x, 0.5, o) }],
    ["thresholdFirm", { input: data, run: (x, o) => w.thresholdFirm(x, 0.5, 1, o) }],
    ...each("downcoef", data, { a: { part: "a" }, d: { part: "d", level: 2 } }, (x, o) =>
      w.downcoef(x, "db2", o),
    ),
    ...each(
      "upcoef",
      data,
      { a: { part: "a" }, d: { part: "d", level: 2 }, "a middle": { part: "a", take: 50 } },
      (x, o) => w.upcoef(x, "db2", o),
    ),
    ["pack", { input: bands2, run: w.pack }],
    ["ravel", { input: bands2, run: w.ravel }],
    ["coeffsToArray", { input: bands2, run: w.coeffsToArray }],
    ...each(
      "coeffsToArray",
      w.wavedec2(matrix(data), "db2", { levels: 2 }), // leaves gaps between the bands
      { zeros: {}, padded: { padding: 7 } },
      w.coeffsToArray,
    ),
    ...each("unpack", w.pack(bands2), { "1 level": { ...tiled, wavelet: "db2" } }, w.unpack),
    ...each("swt", data, still, (x, o) => w.swt(x, "db2", o), true),
    ...each("iswtAdjoint", data, still, (x, o) => w.iswtAdjoint(x, "db2", o), true),
    ["iswt", { input: w.swt(data, "db2", whole), run: w.iswt, isSafe: true }],
    ["iswt, no levels", { input: w.swt(data, "db2", none), run: w.iswt, isSafe: true }],
    ["swtAdjoint", { input: w.swt(data, "db2", whole), run: w.swtAdjoint }],
    ...each("swt2", matrix(data), still, (x, o) => w.swt2(x, "db2", o), true),
    ...each("iswt2Adjoint", matrix(data), still, (x, o) => w.iswt2Adjoint(x, "db2", o), true),
    ["iswt2", { input: w.swt2(matrix(data), "db2", whole), run: w.iswt2, isSafe: true }],
    ["swt2Adjoint", { input: w.swt2(matrix(data), "db2", whole), run: w.swt2Adjoint }],
    ...each("swtn", volume(data), { whole, trimmed, rows }, (x, o) => w.swtn(x, "haar", o)),
    ...each("swtn", volume(data), { "no levels": none }, (x, o) => w.swtn(x, "haar", o), true),
    ...each("iswtnAdjoint", volume(data), { whole }, (x, o) => w.iswtnAdjoint(x, "haar", o)),
    ["iswtn", { input: w.swtn(volume(data), "haar", whole), run: w.iswtn }],
    ["iswtn, rows", { input: w.swtn(volume(data), "haar", rows), run: w.iswtn }],
    ["iswtn, no levels", { input: w.swtn(volume(data), "haar", none), run: w.iswtn }],
    ["swtnAdjoint", { input: w.swtn(volume(data), "haar", whole), run: w.swtnAdjoint }],
  ]);
}

const isFloats = (value: unknown): value is Floats =>
  value instanceof Float64Array || value instanceof Float32Array;

/** A value with `of` of each of its arrays of numbers, in the order in which they come. */
function mapArrays(value: unknown, of: (array: Floats, i: number) => Floats): unknown {
  let next = 0;
  const visit = (part: unknown): unknown => {
    if (isFloats(part)) return of(part, next++);
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== "object" || part === null || "decLo" in part) return part;
    return Object.fromEntries(Object.entries(part).map(([key, own]) => [key, visit(own)]));
  };
  return visit(value);
}

function arraysOf(value: unknown): Floats[] {
  const arrays: Floats[] = [];
  mapArrays(value, (array) => {
    arrays.push(array);
    return array;
  });
  return arrays;
}

/** A copy whose arrays lie in one buffer one behind the other, with space on both sides. */
function inOneBuffer(value: unknown): unknown {
  const space = 400;
  const all = new Float64Array(2 * space + arraysOf(value).reduce((n, a) => n + a.length, 0));
  let end = space;
  return mapArrays(value, (array) => {
    const view = all.subarray(end, end + array.length);
    end += array.length;
    view.set(array);
    return view;
  });
}

const data = noise(96, 0);

describe.each(Object.keys(casesOf(data)))("%s", (name) => {
  const { input, run, isSafe = false } = casesOf(data)[name]!;
  const fresh = run(input, {});
  const count = arraysOf(fresh).length;

  test("writes the same into out, in both types", () => {
    for (const values of [data, Float32Array.from(data)]) {
      const own = casesOf(values)[name]!;
      const result = own.run(own.input, {});
      const out = mapArrays(result, (array) => array.slice().fill(Number.NaN));
      const written = own.run(own.input, { out });
      expect(written).toEqual(result);
      expect(arraysOf(written)).toHaveLength(count);
      arraysOf(written).forEach((array, i) => {
        expect(array).toBe(arraysOf(out)[i]);
      });
    }
  });

  test("refuses an out of another length or type or of no such form", () => {
    for (let k = 0; k < count; k++) {
      const long = (a: Floats, i: number) => (i === k ? new Float64Array(a.length + 1) : a.slice());
      expect(() => run(input, { out: mapArrays(fresh, long) })).toThrow(RangeError);
      const single = (a: Floats, i: number) => (i === k ? Float32Array.from(a) : a.slice());
      expect(() => run(input, { out: mapArrays(fresh, single) })).toThrow("is a Float32Array");
    }
    for (const out of [5, "out", []]) expect(() => run(input, { out })).toThrow(TypeError);
  });

  test(`${isSafe ? "is right" : "is right or refused"} where out shares memory with the input`, () => {
    let refused = 0;
    for (let k = 0; k < count; k++)
      for (const shift of [-5, 0, 3])
        for (let j = 0; j < arraysOf(input).length; j++) {
          const read = inOneBuffer(input);
          const shared = arraysOf(read)[j]!;
          const out = mapArrays(fresh, (array, i) =>
            i === k
              ? new Float64Array(shared.buffer, shared.byteOffset + 8 * shift, array.length)
              : array.slice(),
          );
          try {
            // A comparison of objects would take most of the time of this test.
            expect(arraysOf(run(read, { out })).map(String)).toEqual(arraysOf(fresh).map(String));
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
            expect(error.message).toContain("shares memory");
            refused++;
          }
        }
    expect(refused > 0).toBe(!isSafe);
  });
});
