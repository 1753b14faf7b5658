import { input } from "../graph/index.ts";
import { bindInputs, feedsOf, freeze } from "../nn/parameters.ts";
import { type Arrays, type CompileOptions, compile, type Executable } from "../runtime/index.ts";
import { UserError } from "../userError.ts";
import { type Derivative, derivatives } from "./derivatives.ts";
import type { FieldSize, FieldValues } from "./family.ts";
import type { BuiltField } from "./run.ts";

/** Which of a field's parts. */
export type FieldPart = keyof FieldValues;
export const fieldParts = ["all", "smooth", "wavelet"] as const satisfies readonly FieldPart[];

/** The parts that a field is the sum of; none where it is one whole. */
export function partsOf({ family, size, layout }: BuiltField): readonly FieldPart[] {
  const { scope } = bindInputs(layout);
  const values = family.values(scope, input("points", [1, size.dimensions]), size);
  return fieldParts.filter((part) => part !== "all" && values[part]);
}

/** What is asked of a field. */
export interface EvaluateOptions extends CompileOptions {
  readonly part?: FieldPart;
  /** What is made of its values; they themselves by default. */
  readonly derivative?: Derivative | undefined;
  /** Finest octaves that are left out, by families that have octaves; none by default. */
  readonly without?: number;
}

/** Points computed at once: few enough for a layer to stay in the cache, many enough to make a product worth while. */
export const pointsAtOnce = 2048;

/** A field that can be asked for its values. */
export interface FieldEvaluator extends AsyncDisposable {
  /** Values at `points`, `[n, dimensions]` in one array, as `[n, channels]`. */
  values(points: Float32Array, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
}

/** Compiles a field, or one of its parts. Throws UserError where it has no such part. */
export async function openEvaluator(
  { family, size, layout }: BuiltField,
  parameters: Float32Array,
  { part = "all", derivative, without = 0, ...options }: EvaluateOptions = {},
): Promise<FieldEvaluator> {
  const points = input("points", [pointsAtOnce, size.dimensions]);
  const whole = family.values(freeze(layout, parameters), points, size, without)[part];
  if (!whole) throw new UserError(`this model has no part "${part}"; it is one whole`);
  const values = derivative ? derivatives[derivative](whole, points) : whole;
  const executable = await compile({ values }, options);
  const inPieces = piecewise(executable, size);
  return {
    values: (points, signal) => inPieces(points, {}, signal),
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/** A field that can be asked for its values while its parameters change. */
export interface MovingEvaluator extends AsyncDisposable {
  /** Values at `points`, `[n, dimensions]`, by these parameters, as `[n, channels]`. */
  values(
    points: Float32Array,
    parameters: Float32Array<ArrayBuffer>,
  ): Promise<Float32Array<ArrayBuffer>>;
}

/** Compiles a field once for all parameters that it may come to. */
export async function openMovingEvaluator(
  { family, size, layout }: BuiltField,
  options: CompileOptions = {},
): Promise<MovingEvaluator> {
  const points = input("points", [pointsAtOnce, size.dimensions]);
  const { all: values } = family.values(bindInputs(layout).scope, points, size);
  const executable = await compile({ values }, options);
  const inPieces = piecewise(executable, size);
  return {
    values: (points, parameters) => inPieces(points, feedsOf(layout, parameters)),
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/** Runs a graph of `pointsAtOnce` points on any number of them. */
function piecewise(executable: Executable<"values">, { dimensions, channels }: FieldSize) {
  const feed = new Float32Array(pointsAtOnce * dimensions);
  const fetched = new Float32Array(pointsAtOnce * channels);
  return async (points: Float32Array, feeds: Arrays, signal?: AbortSignal) => {
    const count = points.length / dimensions;
    const all = new Float32Array(count * channels);
    for (let from = 0; from < count; from += pointsAtOnce) {
      signal?.throwIfAborted();
      const n = Math.min(pointsAtOnce, count - from);
      feed.set(points.subarray(from * dimensions, (from + n) * dimensions));
      await executable.run({ ...feeds, points: feed }, { values: fetched });
      all.set(fetched.subarray(0, n * channels), from * channels);
    }
    return all;
  };
}
