import type { OperationAttributes, OperationName } from "../../graph/operations.ts";
import { type Shape, sizeOf, type TensorType } from "../../graph/types.ts";
import { fillZeros, gatherRows } from "./copyKernels.ts";
import {
  binaryCode,
  binaryKernel,
  castCode,
  type LaneType,
  quotients,
  type Single,
  unaryCode,
  unaryKernel,
  whereKernel,
} from "./elementwiseKernels.ts";
import { type Held, laneOf, roomFor, viewOf } from "./held.ts";
import { numberBytes } from "./kernel.ts";
import { lowerMatmul } from "./lowerMatmul.ts";
import type { Program } from "./program.ts";
import { copyElements, expanded, placesOf, rearranged, stepsOf } from "./rearrange.ts";
import { layerNormRows, reduceRows, reductions, rmsNormRows, softmaxRows } from "./rowKernels.ts";

/** An operation whose inputs have been computed. */
export interface Applied<K extends OperationName> {
  readonly name: K;
  readonly inputs: readonly Held[];
  readonly outputs: readonly TensorType[];
  readonly attributes: OperationAttributes[K];
}

/**
 * Writes an operation into a program and returns its outputs; those that are left out cannot be computed. Undefined where the
 * operation cannot be computed with these types.
 */
type Lowering<K extends OperationName> = (
  program: Program,
  applied: Applied<K>,
) => readonly Held[] | undefined;

const bytesOf = (shape: Shape): number => sizeOf(shape) * numberBytes;
const endOf = (x: Held): number => x.address() + bytesOf(x.shape);

function resultOf(program: Program, { outputs }: Applied<OperationName>): Held | undefined {
  const { dtype, shape } = outputs[0]!; // every operation has an output
  const lane = laneOf(dtype);
  return lane && roomFor(program, shape, lane);
}

const unary: Lowering<OperationName> = (program, applied) => {
  const [x] = applied.inputs as readonly [Held];
  const code = unaryCode[x.lane][applied.name];
  const result = code && resultOf(program, applied);
  if (!result) return undefined;
  program.call(
    ...([`${x.lane}.${applied.name}`, () => unaryKernel(code)] as const),
    ...[result.address(), x.address(), endOf(result)],
  );
  return [result];
};

const binary: Lowering<OperationName> = (program, applied) => {
  const [a, b] = applied.inputs as readonly [Held, Held];
  const code = binaryCode[a.lane][applied.name];
  const result = code && resultOf(program, applied);
  if (!result) return undefined;
  const count = sizeOf(result.shape);
  const lone = (x: Held) => sizeOf(x.shape) === 1 && count > 1;
  const single: Single = lone(a) ? "first" : lone(b) ? "second" : "none";
  const full = (x: Held) => (lone(x) ? x : expanded(program, x, result.shape));
  program.call(
    ...([`${a.lane}.${applied.name}.${single}`, () => binaryKernel(code, single)] as const),
    ...[result.address(), full(a).address(), full(b).address(), endOf(result)],
  );
  return [result];
};

const div: Lowering<"div"> = (program, applied) => {
  const [a, b] = applied.inputs as readonly [Held, Held];
  if (a.lane !== "integer") return binary(program, applied);
  const result = resultOf(program, applied);
  if (!result) return undefined;
  const [from, by] = [a, b].map((x) => expanded(program, x, result.shape).address());
  program.call("quotients", quotients, result.address(), from!, by!, endOf(result)); // of two
  return [result];
};

const same: Lowering<OperationName> = (_, { inputs: [x], outputs: [type] }) => [
  viewOf(x!, type!.shape), // one of each
];

/** A row operation over the last axis. */
const rows =
  <K extends OperationName>(
    lower: (
      width: number,
      attributes: OperationAttributes[K],
    ) => readonly [string, Parameters<Program["call"]>[1]],
  ): Lowering<K> =>
  (program, applied) => {
    const [x, ...others] = applied.inputs as readonly [Held, ...Held[]];
    const result = resultOf(program, applied);
    if (!result || x.lane !== "float") return undefined;
    const [name, kernel] = lower(x.shape.at(-1) ?? 1, applied.attributes);
    program.call(
      ...([name, kernel] as const),
      ...[result.address(), x.address(), endOf(x)],
      ...others.map((other) => other.address()),
    );
    return [result];
  };

const reduction =
  (name: "sum" | "max"): Lowering<"sum" | "max"> =>
  (program, applied) => {
    const [x] = applied.inputs as readonly [Held];
    const { axes } = applied.attributes;
    const result = resultOf(program, applied);
    if (!result || x.lane === "truth") return undefined;
    const reduce = reductions[name][x.lane];
    // The axes that are summed go last.
    const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis));
    const order = [...kept, ...axes];
    const own = stepsOf(x.shape);
    const turned = rearranged(
      program,
      x,
      order.map((axis) => x.shape[axis]!), // within the shape
      order.map((axis) => own[axis]!), // within the shape
    );
    const width = sizeOf(axes.map((axis) => x.shape[axis]!)); // within the shape
    program.call(
      ...([`${name}.${x.lane}.${width}`, () => reduceRows(reduce, width)] as const),
      ...[result.address(), turned.address(), endOf(turned)],
    );
    return [result];
  };

/** Places in a result of `shape` that a part takes which begins at `start` along an axis. */
const placesOfPart = (shape: Shape, axis: number, start: number, part: Shape): Int32Array => {
  const steps = stepsOf(shape);
  return placesOf(part, steps, start * steps[axis]!); // within the shape
};

const slice = (program: Program, x: Held, axis: number, start: number, length: number): Held => {
  const steps = stepsOf(x.shape);
  const shape = x.shape.map((old, i) => (i === axis ? length : old));
  return rearranged(program, x, shape, steps, start * steps[axis]!); // within the shape
};

const concat: Lowering<"concat"> = (program, applied) => {
  const { axis } = applied.attributes;
  const result = resultOf(program, applied);
  if (!result) return undefined;
  let start = 0;
  for (const x of applied.inputs) {
    const to = placesOfPart(result.shape, axis, start, x.shape);
    copyElements(program, result, x, to, placesOf(x.shape, stepsOf(x.shape)));
    start += x.shape[axis]!; // within the shape
  }
  return [result];
};

const pad: Lowering<"pad"> = (program, applied) => {
  const { axis, before, after } = applied.attributes;
  const [x] = applied.inputs as readonly [Held];
  const result = resultOf(program, applied);
  if (!result) return undefined;
  const length = x.shape[axis]! + Math.min(0, before) + Math.min(0, after); // within the shape
  const kept = slice(program, x, axis, Math.max(0, -before), length);
  program.call("zeros", fillZeros, result.address(), endOf(result));
  const to = placesOfPart(result.shape, axis, Math.max(0, before), kept.shape);
  copyElements(program, result, kept, to, placesOf(kept.shape, stepsOf(kept.shape)));
  return [result];
};

const where: Lowering<"where"> = (program, applied) => {
  const result = resultOf(program, applied);
  if (!result) return undefined;
  const full = applied.inputs.map((x) => expanded(program, x, result.shape).address());
  program.call("where", whereKernel, result.address(), ...full, endOf(result));
  return [result];
};

const gather: Lowering<"gather"> = (program, applied) => {
  const [table, indices] = applied.inputs as readonly [Held, Held];
  const result = resultOf(program, applied);
  if (!result) return undefined;
  program.call(
    ...(["gather", gatherRows] as const),
    ...[result.address(), table.address(), indices.address(), endOf(indices)],
    ...[bytesOf(table.shape.slice(1)), table.shape[0] ?? 1],
  );
  return [result];
};

const cast: Lowering<"cast"> = (program, applied) => {
  const [x] = applied.inputs as readonly [Held];
  const lane: LaneType | undefined = laneOf(applied.attributes.dtype);
  const result = lane && resultOf(program, applied);
  if (!result) return undefined;
  const code = castCode[x.lane][lane];
  program.call(
    ...([`${x.lane}.to.${lane}`, () => unaryKernel(code)] as const),
    ...[result.address(), x.address(), endOf(result)],
  );
  return [result];
};

/** Operations that a program can compute; a graph with another one is left to ONNX Runtime. */
export const lowerings: { readonly [K in OperationName]?: Lowering<K> } = {
  add: binary,
  sub: binary,
  mul: binary,
  div,
  maximum: binary,
  minimum: binary,
  equal: binary,
  less: binary,
  lessEqual: binary,
  greater: binary,
  greaterEqual: binary,
  and: binary,
  or: binary,
  neg: unary,
  exp: unary,
  sqrt: unary,
  tanh: unary,
  erf: unary,
  sigmoid: unary,
  abs: unary,
  sign: unary,
  relu: unary,
  squaredRelu: unary,
  erfGate: unary,
  silu: unary,
  not: unary,
  where,
  cast,
  stopGradient: same,
  custom: (_, { inputs, attributes: { results } }) =>
    inputs.slice(0, results).map((x) => viewOf(x, x.shape)),
  sum: reduction("sum"),
  max: reduction("max"),
  matmul: lowerMatmul,
  reshape: same,
  transpose: (program, { inputs: [x], attributes: { permutation } }) => {
    const { shape } = x!; // one input
    const own = stepsOf(shape);
    const turn = (list: readonly number[]) => permutation.map((axis) => list[axis]!); // a permutation of the axes
    return [rearranged(program, x!, turn(shape), turn(own))]; // one input
  },
  slice: (program, { inputs: [x], attributes: { axis, start, end } }) => [
    slice(program, x!, axis, start, end - start), // one input
  ],
  split: (program, { inputs: [x], attributes: { axis, lengths } }) => {
    let start = 0;
    return lengths.map((length) => {
      start += length;
      return slice(program, x!, axis, start - length, length); // one input
    });
  },
  concat,
  pad,
  expand: (program, { inputs: [x], attributes: { shape } }) => [expanded(program, x!, shape)], // one input
  gather,
  softmax: rows((width) => [`softmax.${width}`, () => softmaxRows(width)]),
  layerNorm: rows((width, { epsilon }) => [
    `layerNorm.${width}.${epsilon}`,
    () => layerNormRows(width, epsilon),
  ]),
  rmsNorm: rows((width, { epsilon }) => [
    `rmsNorm.${width}.${epsilon}`,
    () => rmsNormRows(width, epsilon),
  ]),
};
