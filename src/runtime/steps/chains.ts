import { type Source, sizeOf, type Tensor } from "../../graph/index.ts";
import { type Chain, chainKernel, chainName, isInChains } from "./chainKernel.ts";
import { type Held, roomFor } from "./held.ts";
import { numberBytes } from "./kernel.ts";
import type { Argument, Program } from "./program.ts";
import { expanded } from "./rearrange.ts";
import type { Cell, Operation } from "./stepGraph.ts";

/** More operands than this would leave no registers for what is computed. A sum of four products and one of their factors has nine. */
const mostOperands = 9;

/**
 * Operations that need not be written: each works number by number on floats, and so does the only one that needs its result, which
 * computes it on the way. Those in `apart` are written otherwise.
 */
export function findInner(
  order: readonly (Source | Cell)[],
  uses: ReadonlyMap<Tensor, number>,
  apart: ReadonlySet<Source>,
): ReadonlySet<Source> {
  const inner = new Set<Source>();
  /** Operands of each operation with those inside it, by occurrence. */
  const operands = new Map<Source, number>();
  for (const step of order) {
    if (step.kind !== "operation" || apart.has(step) || !isChainable(step)) continue;
    let count = step.inputs.length;
    for (const x of step.inputs) {
      const own = operands.get(x.source);
      if (own === undefined || uses.get(x) !== 1) continue;
      // Of equal size, so that nothing is repeated.
      if (sizeOf(x.shape) !== sizeOf(step.outputs[0]!.shape)) continue; // one output
      if (count - 1 + own > mostOperands) continue;
      count += own - 1;
      inner.add(x.source);
    }
    operands.set(step, count);
  }
  return inner;
}

const isChainable = ({ name, inputs, outputs }: Operation): boolean =>
  isInChains(name) && [...inputs, ...outputs].every(({ dtype }) => dtype === "float32");

/** What an operation and the inner ones before it need, by occurrence. */
export const operandsOf = (step: Operation, inner: ReadonlySet<Source>): readonly Tensor[] =>
  step.inputs.flatMap((x) =>
    inner.has(x.source) ? operandsOf(x.source as Operation, inner) : [x],
  );

/** Writes an operation together with the inner ones before it. */
export function writeChain(
  step: Operation,
  inner: ReadonlySet<Source>,
  program: Program,
  heldOf: (x: Tensor) => Held | undefined,
): readonly Held[] | undefined {
  const { shape } = step.outputs[0]!; // one output
  const count = sizeOf(shape);
  const places: { readonly address: Argument; readonly single: boolean }[] = [];
  const placeOf = (x: Held, wanted: Tensor): number => {
    const single = sizeOf(x.shape) === 1 && count > 1;
    const address =
      x.row && sizeOf(x.shape) === count
        ? x.row
        : (single ? x : expanded(program, x, wanted.shape)).address();
    const known = places.findIndex((place) => place.address === address && place.single === single);
    return known < 0 ? places.push({ address, single }) - 1 : known;
  };
  const chainOf = ({ name, inputs, outputs }: Operation): Chain | undefined => {
    const parts: Chain[] = [];
    for (const x of inputs) {
      const held = inner.has(x.source) ? undefined : heldOf(x);
      const part = inner.has(x.source)
        ? chainOf(x.source as Operation)
        : held && placeOf(held, outputs[0]!); // one output
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return { name, parts };
  };
  const chain = chainOf(step);
  if (!chain) return undefined;
  const result = roomFor(program, shape, "float");
  const singles = places.map(({ single }) => single);
  const vectors = [4, 2].find((vectors) => count % (4 * vectors) === 0) ?? 1;
  program.call(
    ...([
      `${chainName(chain)}.${singles}.${vectors}`,
      () => chainKernel(chain, singles, vectors),
    ] as const),
    ...[result.address(), ...places.map(({ address }) => address)],
    result.address() + count * numberBytes,
  );
  return [result];
}
