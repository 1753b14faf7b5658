import { UserError } from "../../errors/userError.ts";
import { input } from "../../graph/index.ts";
import { bindInputs, feedsOf, freeze } from "../../nn/parameters.ts";
import {
  type Arrays,
  type CompileOptions,
  compile,
  type Executable,
  inputsAmong,
} from "../../runtime/compile.ts";
import type { FieldSize, FieldValues, Octaves } from "../family.ts";
import type { BuiltField } from "../field.ts";
import { pointsAtOnce } from "../points.ts";
import { type Derivative, derivatives, ofPartials } from "./derivatives.ts";
import { type View, viewCoordinates } from "./view.ts";

/** A part of a field: the whole, the smooth part or the wavelets. */
export type FieldPart = keyof FieldValues;
export const fieldParts = ["all", "smooth", "wavelet"] as const satisfies readonly FieldPart[];

/** The parts that a field is the sum of; empty if it has none. */
export function partsOf({ family, size, layout }: BuiltField): readonly FieldPart[] {
  const { scope } = bindInputs(layout);
  const values = family.values(scope, input("points", [1, size.dimensions]), size);
  return fieldParts.filter((part) => part !== "all" && values[part]);
}

/** What to evaluate of a field. */
export interface EvaluateOptions extends CompileOptions {
  readonly part?: FieldPart;
  /** One octave of wavelets instead of a part: 1 is the finest. Only fields with octaves have bands. */
  readonly band?: number | undefined;
  /** A derivative instead of the values. */
  readonly derivative?: Derivative | undefined;
  /** Number of finest octaves to leave out of fields that have octaves; 0 by default. */
  readonly without?: number;
}

/**
 * The octaves that the options select. Throws UserError if the family has no octaves or no such band, or if `without` leaves
 * the band out.
 */
function octavesOf(
  { family, size }: BuiltField,
  { part = "all", band, without = 0 }: EvaluateOptions,
): Octaves {
  const { multiresolution } = family;
  if (!multiresolution) {
    throw new UserError("this model has no bands; only expansion fields can be split into octaves");
  }
  const smooth = multiresolution.octaves(size);
  const finest = Math.min(without, smooth);
  if (band === undefined) {
    return part === "smooth" ? [smooth, smooth + 1] : [finest, smooth + (part === "all" ? 1 : 0)];
  }
  if (!(Number.isInteger(band) && band >= 1 && band <= smooth)) {
    const there =
      smooth === 0 ? "is too small to have bands" : `has bands 1, the finest, to ${smooth}`;
    throw new UserError(`there is no band ${band}: this field ${there}`);
  }
  if (band <= finest) {
    const shown = finest < smooth ? `bands from ${finest + 1} on` : "no band";
    throw new UserError(
      `a view this coarse shows ${shown}; band ${band} needs more points per sample`,
    );
  }
  return [band - 1, band];
}

/**
 * A field's values on the points of a view of a signal of `samples`, or what the options select of it:
 * `[…viewSize, channels]`. A multiresolution family computes whole views without a graph.
 */
export async function viewValues(
  field: BuiltField,
  parameters: Float32Array,
  { view, samples }: { readonly view: View; readonly samples: readonly number[] },
  options: EvaluateOptions = {},
  signal?: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const { family, size } = field;
  if (family.multiresolution) {
    const viewer = family.multiresolution.viewer(parameters, size, octavesOf(field, options));
    const { derivative } = options;
    if (!derivative) return viewer(view);
    return ofPartials[derivative]((orders) => viewer(view, orders), size.dimensions);
  }
  await using evaluator = await openEvaluator(field, parameters, options);
  return await evaluator.values(viewCoordinates(view, samples), signal);
}

/** A compiled field. */
export interface FieldEvaluator extends AsyncDisposable {
  /** Values at `points`, `[n, dimensions]` in one array, as `[n, channels]`. */
  values(points: Float32Array, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
}

/**
 * Compiles a field, or one of its parts. Throws UserError if it has no such part.
 *
 * @example
 * ```ts
 * await using evaluator = await openEvaluator(field, field.parameters);
 * const values = await evaluator.values(Float32Array.of(0, 0, 0.5, -0.25)); // of two points of a picture
 * ```
 */
export async function openEvaluator(
  field: BuiltField,
  parameters: Float32Array,
  { part = "all", band, derivative, without = 0, ...options }: EvaluateOptions = {},
): Promise<FieldEvaluator> {
  const { family, size, layout } = field;
  const points = input("points", [pointsAtOnce, size.dimensions]);
  const at = (left: number) => family.values(freeze(layout, parameters), points, size, left);
  const bandFrom = (from: number) => at(from).all.sub(at(from + 1).all);
  const whole =
    band === undefined ? at(without)[part] : bandFrom(octavesOf(field, { band, without })[0]);
  if (!whole) {
    const parts = partsOf(field);
    const there = parts.length === 0 ? "it has no parts" : `its parts are ${parts.join(", ")}`;
    throw new UserError(`this model has no part "${part}"; ${there}`);
  }
  const values = derivative ? derivatives[derivative](whole, points) : whole;
  const executable = await compile({ values }, options);
  const inPieces = piecewise(executable, size);
  return {
    values: (points, signal) => inPieces(points, {}, signal),
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/** A compiled field whose parameters change. */
export interface MovingEvaluator extends AsyncDisposable {
  /** Values at `points`, `[n, dimensions]`, by these parameters, as `[n, channels]`. */
  values(
    points: Float32Array,
    parameters: Float32Array<ArrayBuffer>,
  ): Promise<Float32Array<ArrayBuffer>>;
}

/** Compiles a field once for any parameters. */
export async function openMovingEvaluator(
  { family, size, layout }: BuiltField,
  options: CompileOptions = {},
): Promise<MovingEvaluator> {
  const points = input("points", [pointsAtOnce, size.dimensions]);
  const { all: values } = family.values(bindInputs(layout).scope, points, size);
  const executable = await compile({ values }, options);
  const inPieces = piecewise(executable, size);
  return {
    values: (points, parameters) =>
      inPieces(points, inputsAmong(executable, feedsOf(layout, parameters))),
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/** Runs a graph of `pointsAtOnce` points on any number of points, piece by piece. */
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
