import { onnxType } from "../../../graph/onnxType.ts";
import { type OnnxWriter, single } from "../../../graph/operation.ts";
import { emitRmsNorm } from "../../../graph/operations/normalization.ts";
import { asItIs, numberOf, type Rewrite } from "../lowering.ts";

/** x - max x - log Σ e^(x - max x) along the axis. */
export const plainLogSoftmax: Rewrite = (writer, { inputs, attributes }) => {
  const axis = writer.constant("int64", [1], [numberOf(attributes.axis, -1)]);
  const largest = single(writer, "ReduceMax", [...inputs, axis], { keepdims: 1 });
  const shifted = single(writer, "Sub", [...inputs, largest]);
  const sum = single(writer, "ReduceSum", [single(writer, "Exp", [shifted]), axis], {
    keepdims: 1,
  });
  return writer.node("Sub", [shifted, single(writer, "Log", [sum])]);
};

/** ONNX Runtime's RMS norm by operators of the standard. */
export const plainRmsNorm: Rewrite = (writer, { inputs, attributes }) =>
  emitRmsNorm(writer, inputs, "float32", numberOf(attributes.epsilon));

/** a or b = not (not a and not b). */
export const andOr: Rewrite = (writer, { inputs }) => {
  const opposites = inputs.map((x) => single(writer, "Not", [x]));
  return writer.node("Not", [single(writer, "And", opposites)]);
};

/** (x > 0) - (x < 0). */
export const comparedSign: Rewrite = (writer, node) => {
  if (node.types?.[0]?.dtype !== "float32") return asItIs(writer, node);
  const zero = writer.constant("float32", [], [0]);
  const [above, below] = (["Greater", "Less"] as const).map((type) =>
    single(writer, "Cast", [single(writer, type, [...node.inputs, zero])], {
      to: onnxType.float32,
    }),
  );
  return writer.node("Sub", [above!, below!]); // two comparisons
};

/**
 * Coefficients of r, r³, r⁵, … whose polynomial is nearest to sin r for |r| ≤ π: 1e-7 apart at most (weighted least squares,
 * weights raised where the difference is largest).
 */
const sineCoefficients = [
  0.999999604, -0.166665534, 0.00833240759, -0.0001980874, 2.69982277e-6, -2.03662297e-8,
];
/** 2π in two parts: multiples of the first, which has few bits, are exact. */
const [turn, restOfTurn] = [6.28125, 2 * Math.PI - 6.28125];

/**
 * The sine of x + `quarters` π/2. A device's own may be off by 2⁻¹¹, and by more outside -π…π (Vulkan's specification), so
 * whole turns are taken away first and the rest goes through a polynomial.
 */
const polynomialSine =
  (quarters: 0 | 1): Rewrite =>
  (writer, node) => {
    if (node.types?.[0]?.dtype !== "float32") return asItIs(writer, node);
    const [x] = node.inputs as [string];
    const turns = plus(writer, times(writer, x, 1 / (2 * Math.PI)), 0.5 + quarters / 4);
    const whole = single(writer, "Floor", [turns]);
    const near = single(writer, "Sub", [x, times(writer, whole, turn)]);
    const rest = single(writer, "Sub", [near, times(writer, whole, restOfTurn)]);
    const r = quarters === 0 ? rest : plus(writer, rest, Math.PI / 2);
    const square = single(writer, "Mul", [r, r]);
    const [last, ...others] = sineCoefficients.toReversed() as [number, ...number[]];
    const [next, ...rests] = others as [number, ...number[]];
    let sum = plus(writer, times(writer, square, last), next);
    for (const coefficient of rests) {
      sum = plus(writer, single(writer, "Mul", [sum, square]), coefficient);
    }
    return writer.node("Mul", [sum, r]);
  };

export const sine: Rewrite = polynomialSine(0);
export const cosine: Rewrite = polynomialSine(1);

const times = (writer: OnnxWriter, x: string, factor: number): string =>
  single(writer, "Mul", [x, writer.constant("float32", [], [factor])]);

const plus = (writer: OnnxWriter, x: string, term: number): string =>
  single(writer, "Add", [x, writer.constant("float32", [], [term])]);
