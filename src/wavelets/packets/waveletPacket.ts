import { checkLevels } from "../arguments/levels.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { checkFloats, checkSignal, type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type Dwt, type DwtOptions, dwt, dwtAdjoint, idwt, idwtAdjoint } from "../discrete/dwt.ts";
import { levelsWithin } from "../discrete/maxLevel.ts";
import {
  analysis,
  type LevelMap,
  mergeLeaves,
  pyramidShapes,
  splitLeaves,
  synthesisAdjoint,
} from "../discrete/pyramid.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { DownStep } from "../filterBank/axisStep.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import { type NodeKind, plant } from "./nodeKind.ts";
import {
  anyNode,
  checkBasis,
  checkNode,
  checkPacketOrder,
  checkPath,
  checkTreeLevels,
  collapse,
  frequencyPaths,
  type Joint,
  type Nodes,
  naturalPaths,
  type PacketOrder,
  type PacketTree,
  sumUp,
} from "./tree.ts";

/** Options of a wavelet packet transform. */
export interface WaveletPacketOptions extends DwtOptions {
  /** Depth of the tree; `dwtMaxLevel` of the length by default, as in PyWavelets. */
  readonly levels?: number;
  /**
   * Whether nodes are computed when they are asked for, and only then; false by default. A lazy tree can have up to 53 levels,
   * however many nodes these would have.
   */
  readonly lazy?: boolean;
}

/** Options of the adjoint of a reconstruction from wavelet packets. */
export interface PacketBasisOptions extends Omit<WaveletPacketOptions, "lazy"> {
  /** Paths of the nodes of the basis; all nodes of the deepest level by default. */
  readonly basis?: readonly string[];
}

/** A signal's tree of wavelet packets, with everything that reconstruction needs. */
export interface WaveletPacket<A extends FloatArray = FloatArray> extends PacketTree<A> {
  /**
   * Coefficients by path from the root: "" is the signal, "a" and "d" its low-pass and high-pass band, "aad" the
   * high-pass band of the low-pass band of the low-pass band. Reconstruction reads only the nodes of its basis. The nodes of a
   * level are views of one buffer.
   */
  readonly nodes: Nodes<A>;
  /** Number of coefficients of a node on each level; `lengths[0]` is the number of samples. */
  readonly lengths: readonly number[];
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

/** Names of the options of a wavelet packet transform. */
export const packetOptionNames = optionNames<WaveletPacketOptions>({
  mode: true,
  levels: true,
  lazy: true,
});
/** Names of {@link PacketBasisOptions}. */
export const basisOptionNames = optionNames<PacketBasisOptions>({
  mode: true,
  levels: true,
  basis: true,
});

const names = ["a", "d"] as const;

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
  return treeOf(data, wavelet, options, forward);
}

/**
 * The signal, with exactly its length, from the nodes of one basis: every path from the root to the deepest level must
 * pass exactly one of them. By default the {@link WaveletPacket.leaves} of the tree, or else all nodes of the deepest level.
 * Throws RangeError if the paths are not a basis, or if a node is missing or has another length than its level.
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
  const paths = basis ?? packet.leaves ?? packetPaths(packet.levels);
  checkNodes(packet, paths);
  const leaves = packet.levels > 0 ? leavesOf(packet, paths) : undefined;
  if (leaves) return mergeLeaves(leaves, { wavelet, mode }, lengths);
  const root = collapse(packet, basis, names, jointOf(packet, idwt));
  return root === nodes.get("") ? (root.slice() as A) : root;
}

/**
 * The adjoint of {@link waveletPacket}: ⟨waveletPacket x, c⟩, summed over all nodes of `packet`, equals
 * ⟨x, waveletPacketAdjoint c⟩. With the nodes of one basis only, it is the adjoint of the transform to this basis.
 * Throws RangeError for a path outside the tree, and for a node with another length than its level.
 */
export function waveletPacketAdjoint<A extends FloatArray>(packet: WaveletPacket<A>): A {
  checkResult(packet, "nodes", "waveletPacket");
  const { nodes } = packet;
  checkNodes(packet, nodes.keys());
  const add = (a: A, b: A) => a.map((value, i) => value + b[i]!) as A;
  const root = sumUp(nodes, names, jointOf(packet, dwtAdjoint), add);
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
  const { basis, ...rest } = options;
  const packet = treeOf(data, wavelet, { ...rest, lazy: basis !== undefined }, adjoint);
  return onBasis(packet, basis ?? packetPaths(packet.levels));
}

/** The coefficients of a node. Throws RangeError if the tree does not have it. */
export function packetNode<A extends FloatArray>(packet: WaveletPacket<A>, path: string): A {
  checkResult(packet, "nodes", "waveletPacket");
  const node = packet.nodes.get(checkPath(path, names, packet.levels));
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
  return order === "frequency" ? frequencyPaths(level, "a", "d") : naturalPaths(level, names);
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

/**
 * The tree reduced to the nodes of one basis, from which it is reconstructed. Throws RangeError if the paths are not a basis of
 * the tree.
 */
export function onBasis<A extends FloatArray>(
  packet: WaveletPacket<A>,
  basis: readonly string[],
): WaveletPacket<A> {
  checkBasis(new Set(basis), names);
  const nodes = new Map(basis.map((path) => [path, packetNode(packet, path)]));
  return { ...packet, nodes, leaves: [...basis] };
}

/** Throws RangeError for a path outside the tree, and for a node with another length than its level. */
function checkNodes({ nodes, levels, lengths }: WaveletPacket, paths: Iterable<string>): void {
  for (const path of paths) {
    const node = nodes.get(checkPath(path, names, levels));
    if (!node) continue;
    checkFloats(node, `node "${path}"`);
    checkNode(path, `${node.length}`, `${lengths[path.length]}`);
  }
}

/** What a node is split by. */
type Splitting = Required<DwtOptions> & { readonly wavelet: Wavelet };

const splitBy = <A extends FloatArray>(node: A, { wavelet, mode }: Splitting): readonly A[] => {
  const { approximation, detail } = dwt(node, wavelet, { mode });
  return [approximation, detail];
};

const splitByAdjoint: typeof splitBy = (node, { wavelet, mode }) => {
  const { approximation, detail } = idwtAdjoint(node, wavelet, { mode });
  return [approximation, detail];
};

/** How a level is split at once, and how a single node is. */
interface Splitter {
  readonly map: LevelMap<DownStep>;
  readonly split: <A extends FloatArray>(node: A, by: Splitting) => readonly A[];
}

const forward: Splitter = { map: analysis, split: splitBy };
const adjoint: Splitter = { map: synthesisAdjoint, split: splitByAdjoint };

/** How the children of a node are put together: by the inverse of `dwt`, or by its adjoint. */
function jointOf<A extends FloatArray>(
  packet: WaveletPacket<A>,
  merge: (bands: Dwt<A>) => A,
): Joint<A> {
  const { lengths, mode, wavelet } = packet;
  return {
    join: ([approximation, detail], level) =>
      merge({
        approximation: approximation!,
        detail: detail!,
        length: lengths[level]!,
        mode,
        wavelet,
      }),
    zero: (level) => zerosLike(anyNode(packet), lengths[level]!),
  };
}

/** The kind of the nodes of a signal's tree. */
export function signalNodes<A extends FloatArray>(packet: WaveletPacket<A>): NodeKind<A> {
  return {
    ...{ names, levels: packet.levels },
    split: (node) => splitBy(node, packet),
    checked(path, node) {
      checkNodes({ ...packet, nodes: new Map([[path, node]]) }, [path]);
      return node.slice() as A;
    },
  };
}

function treeOf<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  { mode = "symmetric", levels: depth, lazy = false }: WaveletPacketOptions,
  { map, split }: Splitter,
): WaveletPacket<A> {
  checkSignal(data);
  const by = { wavelet: waveletOf(like), mode: checkMode(mode) };
  const given = depth ?? levelsWithin(data.length, by.wavelet.decLo.length);
  const levels = lazy ? checkLevels(given) : checkTreeLevels(given, names.length, data.length);
  const shapes = pyramidShapes([data.length], [{ ...by, axis: 0 }], levels);
  const lengths = shapes.map(([length]) => length!);
  const root = data.slice() as A;
  if (!lazy)
    return { nodes: byPath(splitLeaves(map, root, by, levels), lengths), levels, lengths, ...by };
  const growth = { names, levels, split: (node: A) => split(node, by) };
  return { ...plant(root, growth, lazy), lengths, ...by };
}

/** The nodes of a whole tree, as views of its levels, parents before their children. */
function byPath<A extends FloatArray>(
  all: readonly A[],
  lengths: readonly number[],
): ReadonlyMap<string, A> {
  const nodes = new Map<string, A>();
  let paths: readonly (readonly [path: string, place: number])[] = [["", 0]];
  for (const [level, coefficients] of all.entries()) {
    if (level > 0)
      paths = paths.flatMap(([path, place]) => [
        [`${path}a`, place],
        [`${path}d`, place + 2 ** (level - 1)],
      ]);
    const length = lengths[level]!; // one for each
    for (const [path, place] of paths)
      nodes.set(path, coefficients.subarray(place * length, (place + 1) * length) as A);
  }
  return nodes;
}
