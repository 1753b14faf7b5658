import type { Source, Tensor } from "./tensor.ts";
import { topological } from "./topological.ts";
import { describe } from "./types.ts";

/**
 * The graph of `outputs` as text, one line for each value in order of computation: its name, what computes it from what,
 * and its type. For a look at what a model has built, and for tests that compare graphs.
 *
 * @example
 * ```ts
 * const x = input("x", [2, 3]);
 * console.log(describeGraph({ y: x.mul(2).sum(1) }));
 * // x  = input                           float32[2, 3]
 * // %1 = constant 2                      float32[]
 * // %2 = mul x, %1                       float32[2, 3]
 * // %3 = sum %2 axes=[1] keepDims=false  float32[2]
 * // y  = %3                              float32[2]
 * ```
 */
export function describeGraph(outputs: Readonly<Record<string, Tensor>>): string {
  const order = topological(Object.values(outputs));
  const names = new Map<Source, string>();
  order.forEach((source, i) => {
    names.set(source, source.kind === "input" ? source.name : `%${i}`);
  });
  const nameOf = ({ source, output }: Tensor): string =>
    output === 0 ? `${names.get(source)}` : `${names.get(source)}.${output}`;

  /** A tensor of each input and constant; operations know their own. */
  const leaves = new Map<Source, Tensor>();
  const consumed = order.flatMap((source) => (source.kind === "operation" ? source.inputs : []));
  for (const tensor of [...Object.values(outputs), ...consumed]) leaves.set(tensor.source, tensor);

  const lines = order.map((source): Line => {
    const tensors = source.kind === "operation" ? source.outputs : [leaves.get(source)!]; // on the way to an output
    const type = tensors.map(describe).join(", ");
    return { name: `${names.get(source)}`, formula: formulaOf(source, nameOf), type };
  });
  for (const [name, tensor] of Object.entries(outputs)) {
    lines.push({ name, formula: nameOf(tensor), type: describe(tensor) });
  }
  const width = (key: "name" | "formula") => Math.max(0, ...lines.map((line) => line[key].length));
  const [nameWidth, formulaWidth] = [width("name"), width("formula")];
  return lines
    .map(
      ({ name, formula, type }) =>
        `${name.padEnd(nameWidth)} = ${formula.padEnd(formulaWidth)}  ${type}`,
    )
    .join("\n");
}

interface Line {
  readonly name: string;
  readonly formula: string;
  readonly type: string;
}

function formulaOf(source: Source, nameOf: (tensor: Tensor) => string): string {
  if (source.kind === "input") return "input";
  if (source.kind === "constant") {
    const { name, values } = source;
    const shown = Array.from({ length: Math.min(values.length, 3) }, (_, i) => values[i]);
    return `constant ${name ?? `${shown.join(", ")}${values.length > 3 ? ", …" : ""}`}`;
  }
  const attributes = Object.entries(source.attributes)
    .filter(([, value]) => typeof value !== "function")
    .map(([key, value]) => `${key}=${Array.isArray(value) ? `[${value.join(", ")}]` : value}`);
  return [`${source.name} ${source.inputs.map(nameOf).join(", ")}`, ...attributes].join(" ");
}
