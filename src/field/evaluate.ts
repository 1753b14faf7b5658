import { input } from "../graph/index.ts";
import { bindInputs, freeze } from "../nn/parameters.ts";
import { type CompileOptions, compile } from "../runtime/index.ts";
import { UserError } from "../userError.ts";
import { type Derivative, derivatives } from "./derivatives.ts";
import type { FieldValues } from "./family.ts";
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
  const { dimensions, channels } = size;
  const points = input("points", [pointsAtOnce, dimensions]);
  const whole = family.values(freeze(layout, parameters), points, size, without)[part];
  if (!whole) throw new UserError(`this model has no part "${part}"; it is one whole`);
  const values = derivative ? derivatives[derivative](whole, points) : whole;
  const executable = await compile({ values }, options);
  const feed = new Float32Array(pointsAtOnce * dimensions);
  const fetched = new Float32Array(pointsAtOnce * channels);
  return {
    async values(points, signal) {
      const count = points.length / dimensions;
      const all = new Float32Array(count * channels);
      for (let from = 0; from < count; from += pointsAtOnce) {
        signal?.throwIfAborted();
        const n = Math.min(pointsAtOnce, count - from);
        feed.set(points.subarray(from * dimensions, (from + n) * dimensions));
        await executable.run({ points: feed }, { values: fetched });
        all.set(fetched.subarray(0, n * channels), from * channels);
      }
      return all;
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
