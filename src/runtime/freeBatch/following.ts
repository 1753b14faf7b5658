import { describe, sizeOf } from "../../graph/index.ts";
import type { Initializer, OnnxNode } from "../onnxProto.ts";
import { type Values, viewOf } from "../values.ts";
import type { Formulas } from "./formulas.ts";
import { type Affine, affine, batches, cannotFollow, type Probe } from "./probe.ts";
import { nodeName } from "./structure.ts";

/** The node with each constant that follows the batch size replaced; `alternatives` are its values at the probes. */
export function replaceConstants(
  node: OnnxNode,
  probes: readonly Probe[],
  alternatives: readonly (readonly Initializer[] | undefined)[],
  formulas: Formulas,
): OnnxNode {
  if (alternatives.every((constants) => constants === undefined)) return node;
  const lengths = alternatives[1];
  if (node.type === "Split" && lengths && !alternatives[0] && allEqual(lengths)) {
    const attributes = { ...node.attributes, num_outputs: node.outputs.length };
    return { ...node, inputs: node.inputs.slice(0, 1), attributes };
  }
  const inputs = node.inputs.map((name, j) => {
    const constants = alternatives[j];
    if (!constants) return name;
    const found =
      (node.type === "Reshape" && j === 1 && oneFreeLength(constants, probes, formulas)) ||
      followingNumbers(constants, probes, formulas) ||
      followingFloats(constants, probes, formulas) ||
      followingSize(constants, probes, formulas);
    if (found) return found;
    const shown = constants.map((constant) => {
      const values = Array.from(viewOf(constant), Number).map((value) =>
        Number(value.toPrecision(6)),
      );
      const more = values.length > 3 ? ", …" : "";
      return `${describe(constant)} (${values.slice(0, 3).join(", ")}${more})`;
    });
    throw cannotFollow(
      `operation ${nodeName(node)} has a constant that does not follow the batch size: ${shown.join(", ")} for batches of ${batches(probes)}`,
    );
  });
  return { ...node, inputs };
}

/** Whether every constant holds one number again and again. */
const allEqual = (constants: readonly Initializer[]): boolean =>
  constants.every((constant) => {
    const values: Values = viewOf(constant);
    return values.length > 0 && values.every((value: number | bigint) => value === values[0]);
  });

/** Each element of integer constants of one shape as a rule; undefined where one has none. */
function rulesOf(
  constants: readonly Initializer[],
  probes: readonly Probe[],
): Affine[] | undefined {
  const [first] = constants as readonly [Initializer, ...Initializer[]];
  if (constants.some((constant) => describe(constant) !== describe(first))) return undefined;
  const lists = constants.map((constant) => Array.from(viewOf(constant), Number));
  const rules = lists[0]!.map((_, i) =>
    affine(
      lists.map((list) => list[i]!),
      probes,
    ),
  ); // of one shape
  return rules.every((rule) => rule !== undefined) ? rules : undefined;
}

/** The shape of a Reshape in which one length follows the batch size: ONNX works that one out. */
function oneFreeLength(
  constants: readonly Initializer[],
  probes: readonly Probe[],
  { constant }: Formulas,
): string | undefined {
  const rules = rulesOf(constants, probes);
  const free = rules?.filter(({ times }) => times !== 0);
  if (!rules || free?.length !== 1 || rules.some((r) => r.times === 0 && r.plus === 0)) return;
  const lengths = rules.map(({ times, plus }) => (times === 0 ? plus : -1));
  return constant("int64", [lengths.length], lengths);
}

/** Integers of one shape, each of which follows the batch size. */
function followingNumbers(
  constants: readonly Initializer[],
  probes: readonly Probe[],
  { numbers, node, constant }: Formulas,
): string | undefined {
  const [{ dtype, shape }] = constants as readonly [Initializer, ...Initializer[]];
  const rules = dtype === "int64" || dtype === "int32" ? rulesOf(constants, probes) : undefined;
  if (!rules || rules.length === 0) return undefined;
  const flat = numbers(rules);
  const typed = dtype === "int64" ? flat : node("Cast", [flat], { to: 6 });
  if (shape.length === 1) return typed;
  return node("Reshape", [typed, constant("int64", [shape.length], shape)]);
}

/** Floating-point numbers of one shape that are proportional to the batch size, or to its inverse as in a mean. */
function followingFloats(
  constants: readonly Initializer[],
  probes: readonly Probe[],
  { node, constant, batch }: Formulas,
): string | undefined {
  const [first] = constants as readonly [Initializer, ...Initializer[]];
  const { dtype, shape } = first;
  if (dtype !== "float32" && dtype !== "float64") return undefined;
  if (constants.some((other) => describe(other) !== describe(first))) return undefined;
  const tolerance = dtype === "float32" ? 1e-6 : 1e-14;
  const lists = constants.map((other) => Array.from(viewOf(other), Number));
  for (const power of [-1, 1]) {
    const factors = lists.map((list, k) => list.map((value) => value / probes[k]!.batch ** power));
    const agree = factors.every((list) =>
      list.every((value, i) => {
        const expected = factors[0]![i]!; // of one shape
        return Math.abs(value - expected) <= tolerance * Math.abs(expected);
      }),
    );
    if (!agree) continue;
    const size = node("Cast", [batch()], { to: dtype === "float32" ? 1 : 11 });
    // A rank of the constant's own: a product with `[1]` would make a vector of a scalar.
    const scalar = node("Reshape", [size, constant("int64", [0], [])]);
    return node(power === 1 ? "Mul" : "Div", [constant(dtype, shape, factors[0]!), scalar]);
  }
  return undefined;
}

/** A constant whose size follows the batch size: one block of rows again and again, or evenly spaced integers. */
function followingSize(
  constants: readonly Initializer[],
  probes: readonly Probe[],
  { node, numbers, batch, constant }: Formulas,
): string | undefined {
  const [first] = constants as readonly [Initializer, ...Initializer[]];
  const { dtype } = first;
  const rank = first.shape.length;
  if (constants.some((other) => other.dtype !== dtype || other.shape.length !== rank)) return;
  const lengths = first.shape.map((_, axis) =>
    affine(
      constants.map(({ shape }) => shape[axis]!),
      probes,
    ),
  );
  if (!lengths.every((rule) => rule !== undefined)) return undefined;
  const lists = constants.map((other) => Array.from(viewOf(other), Number));
  const values = lists[0]!; // as many as constants
  if (lists.every((list) => list.every((value) => value === values[0]))) {
    return node("Expand", [constant(dtype, [], [values[0]!]), numbers(lengths)]);
  }
  const free = lengths.findIndex(({ times }) => times !== 0);
  const { times, plus } = lengths[free] ?? { times: 0, plus: 0 };
  if (times === 0 || plus !== 0) return undefined;
  if (lengths.slice(free + 1).some((rule) => rule.times !== 0)) return undefined;
  const blockShape = first.shape.with(free, times);
  const block = sizeOf(blockShape);
  if (
    sizeOf(first.shape.slice(0, free)) === 1 &&
    lists.every((list) => list.every((value, i) => value === values[i % block]))
  ) {
    const repeats = first.shape.map((_, axis) => ({
      times: +(axis === free),
      plus: +(axis !== free),
    }));
    return node("Tile", [constant(dtype, blockShape, values.slice(0, block)), numbers(repeats)]);
  }
  const step = values[1]! - values[0]!; // not all equal
  const isInteger = dtype === "int64" || dtype === "int32";
  if (
    !isInteger ||
    lists.some((list) => list.some((value, i) => value !== values[0]! + step * i))
  ) {
    return undefined;
  }
  const scalar = (number: number) => constant("int64", [], [number]);
  const total = node("Reshape", [
    node("Mul", [batch(), constant("int64", [1], [block])]),
    constant("int64", [0], []),
  ]);
  const range = node("Range", [scalar(0), total, scalar(1)]);
  const spaced = node("Add", [node("Mul", [range, scalar(step)]), scalar(values[0]!)]);
  const typed = dtype === "int64" ? spaced : node("Cast", [spaced], { to: 6 });
  return node("Reshape", [typed, numbers(lengths)]);
}
