import { describe } from "../arguments/describe.ts";
import { checkResult } from "../arguments/result.ts";
import { checkFinite, type FloatArray } from "../arrays/floatArray.ts";
import { type AnyPacket, type NodeOf, nodesOf } from "./anyPacket.ts";
import { sumOfSquaresByLogarithms } from "./entropy.ts";
import { checkTreeLevels, childrenOf, depthOf, type Nodes } from "./tree.ts";

/** A cost of coefficients that is additive over bands. A lower cost means that the band concentrates the signal better. */
export type PacketCost = (coefficients: FloatArray) => number;

/** A basis and its cost. */
export interface BestBasis {
  /** Paths of its nodes, from left to right in the tree. */
  readonly paths: readonly string[];
  readonly cost: number;
}

/**
 * The basis of lowest cost in a wavelet packet tree, with any number of axes. From the leaves up, a node is kept if it costs no more
 * than the best basis below it (Coifman and Wickerhauser, Entropy-based algorithms for best basis selection, 1992).
 * Throws RangeError if a node is missing or holds a value that is NaN or infinite, and for a cost of NaN.
 *
 * @example
 * ```ts
 * const tone = Float64Array.from({ length: 64 }, (_, i) => Math.cos(Math.PI * i)); // the highest frequency
 * const packet = waveletPacket(tone, "haar", { levels: 3 });
 * console.log(bestBasis(packet, l1Norm).paths);
 * // → [ 'a', 'daa', 'dad', 'dd' ]
 * ```
 */
export function bestBasis(packet: AnyPacket, cost: PacketCost): BestBasis {
  checkResult(packet, "nodes", "waveletPacket, waveletPacket2 or waveletPacketn");
  if (typeof cost !== "function")
    throw new TypeError(`the cost must be a function such as l1Norm, not ${describe(cost)}`);
  const { names, levels } = nodesOf(packet);
  checkTreeLevels(levels, names.length);
  const nodes: Nodes<NodeOf<AnyPacket>> = packet.nodes;
  const costOf = (path: string, coefficients: FloatArray): number => {
    checkFinite(coefficients, `node "${path}"`);
    const given = cost(coefficients);
    if (Number.isNaN(given))
      throw new RangeError(`the cost of node "${path}" is NaN; a cost must be a number`);
    return given;
  };
  const best = (path: string): BestBasis => {
    const node = nodes.get(path);
    if (node === undefined)
      throw new RangeError(`the best basis needs the whole tree, but node "${path}" is missing`);
    const own = { paths: [path], cost: costOf(path, "data" in node ? node.data : node) };
    if (depthOf(path, names) === levels) return own;
    const below = childrenOf(path, names).map(best);
    const sum = below.reduce((total, child) => total + child.cost, 0);
    return own.cost <= sum ? own : { paths: below.flatMap((child) => child.paths), cost: sum };
  };
  return best("");
}

/**
 * Shannon's entropy of the energies, −Σ x² ln x², with 0 for x = 0. Among bases that preserve the energy (an orthogonal
 * wavelet in mode periodization), the best basis does not depend on the scale of the signal.
 */
export function shannonEntropy(coefficients: FloatArray): number {
  return -sumOfSquaresByLogarithms(coefficients);
}

/** Σ |x|: a cost function for {@link bestBasis}. */
export function l1Norm(coefficients: FloatArray): number {
  return sum(coefficients, Math.abs);
}

/** Σ ln x², with 0 for x = 0: the entropy of a Gauss-Markov process, up to constants. */
export function logEnergy(coefficients: FloatArray): number {
  return sum(coefficients, (x) => (x === 0 ? 0 : Math.log(x * x)));
}

/** The number of coefficients whose modulus exceeds `threshold`: a cost function for {@link bestBasis}. */
export function countAbove(threshold: number): PacketCost {
  return (coefficients) => sum(coefficients, (x) => (Math.abs(x) > threshold ? 1 : 0));
}

function sum(values: FloatArray, of: (x: number) => number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += of(values[i]!);
  return total;
}
