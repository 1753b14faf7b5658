import type { OperationName } from "../../graph/operations.ts";
import { type Code, get, loadVector, set, singles, storeVector } from "../../wasm/assembler.ts";
import { binaryCode, unaryCode } from "./elementwiseKernels.ts";
import { increase, type Kernel, range, until, vectorBytes, withConstants } from "./kernel.ts";

/** An operation on floats, number by number: its operands are others, or numbers of a place in memory, by its number. */
export type Chain = number | { readonly name: OperationName; readonly parts: readonly Chain[] };

/** Whether an operation can be in a chain, where its operands and its result are floats. */
export const isInChains = (name: OperationName): boolean =>
  name in binaryCode.float || name in unaryCode.float;

/** The same for equal chains. */
export const chainName = (chain: Chain): string =>
  typeof chain === "number" ? `${chain}` : `${chain.name}(${chain.parts.map(chainName)})`;

/**
 * `(result, places, end of the result)`: a chain of operations on each of many numbers, without memory for what is between. A place
 * that is `single` has one number for all. A turn of the loop computes some vectors, of which the result is a multiple.
 */
export function chainKernel(chain: Chain, single: readonly boolean[], vectors: number): Kernel {
  const [to, end] = [0, single.length + 1];
  const place = (i: number) => 1 + i;
  const fixed = (i: number) => end + 1 + i;
  const x = end + 1 + single.length;
  const code = (
    part: Chain,
    at: number,
    c: Parameters<Parameters<typeof withConstants>[0]>[0],
  ): Code => {
    if (typeof part === "number") {
      return single[part] ? get(fixed(part)) : loadVector(get(place(part)), vectorBytes * at);
    }
    const [a, b] = part.parts.map((operand) => code(operand, at, c)) as [Code, Code?];
    const of = (name: OperationName) => ({
      one: unaryCode.float[name],
      two: binaryCode.float[name],
    });
    const { one, two } = of(part.name);
    if (b) return two?.(a, b) ?? [];
    // Operands are on the stack before the function begins, so that all functions can have the same locals.
    return one ? [...set(x, a), ...one.code(x, x + 1, c)] : [];
  };
  const temporaries = (part: Chain): number =>
    typeof part === "number"
      ? 0
      : Math.max(unaryCode.float[part.name]?.temporaries ?? 0, ...part.parts.map(temporaries));
  return withConstants((c) => ({
    parameters: single.length + 2,
    integers: 0,
    vectors: single.length + 1 + temporaries(chain),
    body: [
      ...single.flatMap((lone, i) => (lone ? set(fixed(i), singles.splat(get(place(i)))) : [])),
      ...until(
        to,
        end,
        ...range(vectors).map((at) => storeVector(get(to), code(chain, at, c), vectorBytes * at)),
        increase(to, vectors * vectorBytes),
        ...single.map((lone, i) => (lone ? [] : increase(place(i), vectors * vectorBytes))),
      ),
    ],
  }));
}
