import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkFloats, checkSignal, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type DwtOptions, dwt, dwtAdjoint, idwt, idwtAdjoint } from "../discrete/dwt.ts";
import { levelsWithin } from "../discrete/maxLevel.ts";
import { mergeLeaves } from "../discrete/pyramid.ts";
import type { Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import {
  checkBasis,
  checkNode,
  checkPacketOrder,
  checkPath,
  checkTreeLevels,
  collapse,
  frequencyPaths,
  grow,
  type Nodes,
  naturalPaths,
  type PacketOrder,
  sumUp,
} from "./tree.ts";

/** Options of a wavelet packet transform. */
export interface WaveletPacketOptions extends DwtOptions {
  /** Depth of the tree; `dwtMaxLevel` of the length by default, as in PyWavelets. */
  readonly levels?: number;
}

/** Options of the adjoint of a reconstruction from wavelet packets. */
export interface PacketBasisOptions extends WaveletPacketOptions {
  /** Paths of the nodes of the basis; all nodes of the deepest level by default. */
  readonly basis?: readonly string[];
}

/** A signal's tree of wavelet packets, with everything that reconstruction needs. */
export interface WaveletPacket<A extends FloatArray = FloatArray> {
  /**
   * Coefficients by path from the root: "" is the signal, "a" and "d" its low-pass and high-pass band, "aad" the
   * high-pass band of the low-pass band of the low-pass band. Reconstruction reads only the nodes of its basis.
   */
  readonly nodes: Nodes<A>;
  /** Depth of the tree. */
  readonly levels: number;
  /** Number of coefficients of a node on each level; `lengths[0]` is the number of samples. */
  readonly lengths: readonly number[];
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** Names of the options of a wavelet packet transform. */
export const packetOptionNames = optionNames<WaveletPacketOptions>({ mode: true, levels: true });
/** Names of {@link PacketBasisOptions}. */
export const basisOptionNames = optionNames<PacketBasisOptions>({
  mode: true,
  levels: true,
  basis: true,
});

const letters = "ad";

/**
 * Wavelet packet transform of a signal of N ≥ 1 samples: `dwt` of every band, low-pass and high-pass, down to `levels`.
 * The values are those of PyWavelets' WaveletPacket.
 *
 * Throws as `wavedec` does, and RangeError if the last level would have more than 65,536 nodes and than N.
 *
 * @example
 * ```ts
 * const packet = waveletPacket(Float64Array.of(1, 2, 3, 4), "haar", { levels: 2 });
 * console.log([...packet.nodes.keys()].join(" "), packet.nodes.get("aa").map(Math.round));
 * // →  a d aa ad da dd Float64Array(1) [ 5 ]
 * ```
 */
export function waveletPacket<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WaveletPacketOptions = {},
): WaveletPacket<A> {
  checkOptions(options, packetOptionNames);
  const mode = options.mode ?? "symmetric";
  return treeOf(data, wavelet, mode, options.levels, (node) => {
    const { approximation, detail } = dwt(node, wavelet, { mode });
    return [approximation, detail];
  });
}

/**
 * The signal, with exactly its length, from the nodes of one basis: every path from the root to the deepest level must
 * pass exactly one of them. All nodes of the deepest level by default. Throws RangeError if the paths are not a basis, or
 * if a node is missing or has another length than its level.
 *
 * @example
 * ```ts
 * const packet = waveletPacket(Float64Array.of(1, 2, 3, 4), "haar", { levels: 2 });
 * console.log(inverseWaveletPacket(packet, ["a", "da", "dd"]).map((x) => Math.round(x)));
 * // → Float64Array(4) [ 1, 2, 3, 4 ]
 * ```
 */
export function inverseWaveletPacket<A extends FloatArray>(
  packet: WaveletPacket<A>,
  basis?: readonly string[],
): A {
  checkResult(packet, "nodes", "waveletPacket");
  const { nodes, lengths, mode, wavelet } = packet;
  const paths = basis ?? packetPaths(packet.levels);
  checkNodes(packet, paths);
  const leaves = packet.levels > 0 ? leavesOf(packet, paths) : undefined;
  if (leaves) return mergeLeaves(leaves, { wavelet, mode }, lengths);
  const root = collapse(nodes, paths, letters, ([approximation, detail], level) =>
    idwt<A>({
      approximation: approximation!,
      detail: detail!,
      length: lengths[level]!,
      mode,
      wavelet,
    }),
  );
  return root === nodes.get("") ? (root.slice() as A) : root;
}

/**
 * The adjoint of {@link waveletPacket}: ⟨waveletPacket x, c⟩, summed over all nodes of `packet`, equals
 * ⟨x, waveletPacketAdjoint c⟩. With the nodes of one basis only, it is the adjoint of the transform to this basis.
 * Throws RangeError for a path outside the tree, and for a node with another length than its level.
 */
export function waveletPacketAdjoint<A extends FloatArray>(packet: WaveletPacket<A>): A {
  checkResult(packet, "nodes", "waveletPacket");
  const { nodes, levels, lengths, mode, wavelet } = packet;
  const [some] = nodes.values();
  if (some === undefined) throw new RangeError("the packet has no nodes");
  checkNodes(packet, nodes.keys());
  const root = sumUp<A>(
    nodes,
    letters,
    levels,
    ([approximation, detail], level) =>
      dwtAdjoint({
        approximation: approximation!,
        detail: detail!,
        length: lengths[level]!,
        mode,
        wavelet,
      }),
    (a, b) => a.map((value, i) => value + b[i]!) as A,
    (level) => zerosLike(some, lengths[level]!),
  );
  return root === nodes.get("") ? (root.slice() as A) : root;
}

/**
 * The adjoint of {@link inverseWaveletPacket} with this basis: from a signal to a tree that has only the nodes of the
 * basis. Throws RangeError as inverseWaveletPacket and {@link waveletPacket} do.
 */
export function inverseWaveletPacketAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: PacketBasisOptions = {},
): WaveletPacket<A> {
  checkOptions(options, basisOptionNames);
  const mode = options.mode ?? "symmetric";
  const packet = treeOf(data, wavelet, mode, options.levels, (node) => {
    const { approximation, detail } = idwtAdjoint(node, wavelet, { mode });
    return [approximation, detail];
  });
  return onBasis(packet, options.basis ?? packetPaths(packet.levels));
}

/** The coefficients of a node. Throws RangeError if the tree does not have it. */
export function packetNode<A extends FloatArray>(packet: WaveletPacket<A>, path: string): A {
  checkResult(packet, "nodes", "waveletPacket");
  const node = packet.nodes.get(checkPath(path, letters, packet.levels));
  if (node === undefined) throw new RangeError(`node "${path}" has no coefficients`);
  return node;
}

/**
 * The paths of all nodes of a level, in natural order (from left to right in the tree; PyWavelets' "natural") or by
 * increasing frequency (PyWavelets' "freq"). Throws RangeError unless the level is an integer from 0 to 22.
 *
 * @example
 * ```ts
 * console.log(packetPaths(2), packetPaths(2, "frequency"));
 * // → [ 'aa', 'ad', 'da', 'dd' ] [ 'aa', 'ad', 'dd', 'da' ]
 * ```
 */
export function packetPaths(level: number, order: PacketOrder = "natural"): string[] {
  checkTreeLevels(level, 2);
  checkPacketOrder(order);
  return order === "frequency" ? frequencyPaths(level, "a", "d") : naturalPaths(level, letters);
}

/**
 * The nodes of the deepest level, each at its path read backwards as a binary number, where `d` is 1. Undefined unless `paths`
 * are those nodes and all of them are there, of one type.
 */
function leavesOf<A extends FloatArray>(
  { nodes, levels }: WaveletPacket<A>,
  paths: readonly string[],
): A[] | undefined {
  if (paths.length !== 2 ** levels || new Set(paths).size !== paths.length) return undefined;
  const type = nodes.get(paths[0]!)?.constructor;
  const leaves: A[] = [];
  for (const path of paths) {
    const node = nodes.get(path);
    if (path.length !== levels || !node || node.constructor !== type) return undefined;
    let place = 0;
    for (let i = levels - 1; i >= 0; i--) place = 2 * place + (path[i] === "d" ? 1 : 0);
    leaves[place] = node;
  }
  return leaves;
}

/** The tree reduced to the nodes of one basis. Throws RangeError if the paths are not a basis of the tree. */
export function onBasis<A extends FloatArray>(
  packet: WaveletPacket<A>,
  basis: readonly string[],
): WaveletPacket<A> {
  checkBasis(new Set(basis), letters);
  return { ...packet, nodes: new Map(basis.map((path) => [path, packetNode(packet, path)])) };
}

/** Throws RangeError for a path outside the tree, and for a node with another length than its level. */
function checkNodes({ nodes, levels, lengths }: WaveletPacket, paths: Iterable<string>): void {
  for (const path of paths) {
    const node = nodes.get(checkPath(path, letters, levels));
    if (!node) continue;
    checkFloats(node, `node "${path}"`);
    checkNode(path, `${node.length}`, `${lengths[path.length]}`);
  }
}

function treeOf<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  mode: Mode,
  depth: number | undefined,
  split: (node: A) => readonly A[],
): WaveletPacket<A> {
  checkSignal(data);
  const wavelet = waveletOf(like);
  const given = depth ?? levelsWithin(data.length, wavelet.decLo.length);
  const levels = checkTreeLevels(given, 2, data.length);
  const nodes = grow(data.slice() as A, levels, letters, split);
  const lengths = Array.from(
    { length: levels + 1 },
    (_, level) => nodes.get("a".repeat(level))!.length,
  );
  return { nodes, levels, lengths, mode, wavelet };
}
