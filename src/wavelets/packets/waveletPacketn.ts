import { checkLevels } from "../arguments/levels.ts";
import { checkCount } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { bandKeys, type PerAxis } from "../arrays/axes.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type NdArray, rowMajor, sizeOf } from "../arrays/ndArray.ts";
import { type Dwtn, dwtn, dwtnAdjoint, idwtn, idwtnAdjoint } from "../discrete/dwtn.ts";
import { type PyramidAxis, pyramidShapes } from "../discrete/pyramid.ts";
import { asArguments, axesOf, type DwtnOptions, leastMaxLevel } from "../discrete/wavedecn.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import { type NodeKind, plant } from "./nodeKind.ts";
import {
  anyNode,
  checkBasis,
  checkNode,
  checkPath,
  checkTreeLevels,
  collapse,
  depthOf,
  type Joint,
  type Nodes,
  naturalPaths,
  type PacketTree,
  sumUp,
} from "./tree.ts";
import type { WaveletPacketOptions } from "./waveletPacket.ts";

/** Options of a wavelet packet transform along some axes. */
export interface WaveletPacketnOptions
  extends DwtnOptions,
    Pick<WaveletPacketOptions, "levels" | "lazy"> {}

/** Options of the adjoint of a reconstruction from wavelet packets of an array. */
export interface PacketnBasisOptions extends Omit<WaveletPacketnOptions, "lazy"> {
  /** Paths of the nodes of the basis; all nodes of the deepest level by default. */
  readonly basis?: readonly string[];
}

/** An array's tree of wavelet packets, with everything that reconstruction needs. */
export interface WaveletPacketn<A extends FloatArray = FloatArray> extends PacketTree<NdArray<A>> {
  /**
   * Coefficients by path from the root. A path is a row of the keys of `dwtn`, one for each level: with two axes "" is the
   * array, "ad" its band that is low-pass along the first axis and high-pass along the second, "aaad" that band of its low-pass
   * band.
   */
  readonly nodes: Nodes<NdArray<A>>;
  /** Shape of a node on each level; `shapes[0]` is the shape of the array. */
  readonly shapes: readonly (readonly number[])[];
  /** The transformed axes in ascending order, each with its wavelet and mode. */
  readonly axes: readonly PyramidAxis[];
}

const optionsOfPacketn = optionNames<WaveletPacketnOptions>({
  mode: true,
  axes: true,
  levels: true,
  lazy: true,
});
const optionsOfBasis = optionNames<PacketnBasisOptions>({
  mode: true,
  axes: true,
  levels: true,
  basis: true,
});

/**
 * Wavelet packet transform of an array along some of its axes: `dwtn` of every band down to `levels`, which are `dwtnMaxLevel`
 * by default. Each axis can have its own wavelet and mode. The other axes are a batch, so `axes: [1]` is `waveletPacket` of every
 * row of a matrix. The values are those of PyWavelets' WaveletPacketND.
 *
 * Throws as `wavedecn` does, and RangeError if the last level would have more than 65,536 nodes and than elements.
 *
 * @example
 * ```ts
 * const video = { shape: [4, 8, 8], data: new Float32Array(256).fill(1) };
 * const packet = waveletPacketn(video, "haar", { axes: [1, 2], levels: 2 });
 * console.log(packet.nodes.size, packet.nodes.get("adda").shape); // 1 + 4 + 16 nodes
 * // → 21 [ 4, 2, 2 ]
 * ```
 */
export function waveletPacketn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: WaveletPacketnOptions = {},
): WaveletPacketn<A> {
  rowMajor(array); // checks the array first
  checkOptions(options, optionsOfPacketn);
  return treeOf(array, wavelet, options, splitBy);
}

/**
 * The array, with exactly its shape, from the nodes of one basis; by default the {@link WaveletPacketn.leaves} of the tree, or
 * else all nodes of the deepest level. Throws RangeError if the paths are not a basis, or if a node is missing or has another
 * shape than its level.
 *
 * @example
 * ```ts
 * const rows = { shape: [2, 4], data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
 * const packet = waveletPacketn(rows, "haar", { axes: [1], levels: 2 });
 * console.log(inverseWaveletPacketn(packet, ["a", "da", "dd"]).data.map(Math.round).join(" "));
 * // → 1 2 3 4 5 6 7 8
 * ```
 */
export function inverseWaveletPacketn<A extends FloatArray>(
  packet: WaveletPacketn<A>,
  basis?: readonly string[],
): NdArray<A> {
  checkResult(packet, "nodes", "waveletPacketn");
  const { levels, axes } = packet;
  checkNodes(packet, basis ?? packet.leaves ?? packetPathsn(levels, axes.length));
  const root = collapse(packet, basis, bandKeys(axes.length), jointOf(packet, idwtn));
  return copyOf(root);
}

/**
 * The adjoint of {@link waveletPacketn}, over all nodes of `packet`. With the nodes of one basis only, it is the adjoint of the
 * transform to this basis. Throws RangeError for a path outside the tree.
 */
export function waveletPacketnAdjoint<A extends FloatArray>(packet: WaveletPacketn<A>): NdArray<A> {
  checkResult(packet, "nodes", "waveletPacketn");
  const { nodes, axes } = packet;
  checkNodes(packet, nodes.keys());
  const add = (a: NdArray<A>, b: NdArray<A>): NdArray<A> => {
    const other = rowMajor(b);
    return { shape: a.shape, data: rowMajor(a).map((value, i) => value + other[i]!) as A };
  };
  return copyOf(sumUp(nodes, bandKeys(axes.length), jointOf(packet, dwtnAdjoint), add));
}

/**
 * The adjoint of {@link inverseWaveletPacketn} with this basis: from an array to a tree that has only the nodes of the basis.
 * Throws RangeError as inverseWaveletPacketn and {@link waveletPacketn} do.
 */
export function inverseWaveletPacketnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  options: PacketnBasisOptions = {},
): WaveletPacketn<A> {
  rowMajor(array);
  checkOptions(options, optionsOfBasis);
  const { basis, ...rest } = options;
  const packet = treeOf(array, wavelet, { ...rest, lazy: basis !== undefined }, splitByAdjoint);
  return onBasisn(packet, basis ?? packetPathsn(packet.levels, packet.axes.length));
}

/** The coefficients of a node. Throws RangeError if the tree does not have it. */
export function packetNoden<A extends FloatArray>(
  packet: WaveletPacketn<A>,
  path: string,
): NdArray<A> {
  checkResult(packet, "nodes", "waveletPacketn");
  const { nodes, axes, levels } = packet;
  const node = nodes.get(checkPath(path, bandKeys(axes.length), levels));
  if (node === undefined) throw new RangeError(`node "${path}" has no coefficients`);
  return node;
}

/**
 * The paths of all nodes of a level of a tree along this number of axes, from left to right in the tree. Throws RangeError unless
 * both are integers and the level has at most 2^22 nodes.
 *
 * @example
 * ```ts
 * console.log(packetPathsn(1, 2), packetPathsn(2, 3).length);
 * // → [ 'aa', 'ad', 'da', 'dd' ] 64
 * ```
 */
export function packetPathsn(level: number, axes: number): string[] {
  const names = bandKeys(checkCount("the number of axes", axes));
  checkTreeLevels(level, names.length);
  return naturalPaths(level, names);
}

/**
 * The tree reduced to the nodes of one basis, from which it is reconstructed. Throws RangeError if the paths are not a basis of
 * the tree.
 */
export function onBasisn<A extends FloatArray>(
  packet: WaveletPacketn<A>,
  basis: readonly string[],
): WaveletPacketn<A> {
  checkResult(packet, "nodes", "waveletPacketn");
  checkBasis(new Set(basis), bandKeys(packet.axes.length));
  const nodes = new Map(basis.map((path) => [path, packetNoden(packet, path)]));
  return { ...packet, nodes, leaves: [...basis] };
}

/** A copy in row-major order. */
const copyOf = <A extends FloatArray>(node: NdArray<A>): NdArray<A> => {
  return { shape: node.shape, data: rowMajor(node).slice() as A };
};

/** Throws RangeError for a path outside the tree, and for a node with another shape than its level. */
function checkNodes(packet: WaveletPacketn, paths: Iterable<string>): void {
  const { nodes, levels, shapes, axes } = packet;
  const names = bandKeys(axes.length);
  for (const path of paths) {
    const node = nodes.get(checkPath(path, names, levels));
    if (!node) continue;
    rowMajor(node); // checks that it is an array
    checkNode(path, node.shape.join("×"), shapes[depthOf(path, names)]!.join("×"));
  }
}

const splitBy = <A extends FloatArray>(
  node: NdArray<A>,
  axes: readonly PyramidAxis[],
): readonly NdArray<A>[] => {
  const { wavelets, ...options } = asArguments(axes);
  return Object.values(dwtn(node, wavelets, options).bands);
};

const splitByAdjoint: typeof splitBy = (node, axes) => {
  const { wavelets, ...options } = asArguments(axes);
  return Object.values(idwtnAdjoint(node, wavelets, options).bands);
};

/** How the children of a node are put together: by the inverse of `dwtn`, or by its adjoint. */
function jointOf<A extends FloatArray>(
  packet: WaveletPacketn<A>,
  merge: (bands: Dwtn<A>) => NdArray<A>,
): Joint<NdArray<A>> {
  const { shapes, axes } = packet;
  const names = bandKeys(axes.length);
  return {
    join(children, level) {
      const bands = Object.fromEntries(names.map((name, i) => [name, children[i]!]));
      return merge({ bands, shape: shapes[level]!, axes });
    },
    zero(level) {
      const shape = shapes[level]!;
      return { shape, data: zerosLike(anyNode(packet).data, sizeOf(shape)) };
    },
  };
}

/** The kind of the nodes of an array's tree. */
export function arrayNodes<A extends FloatArray>(packet: WaveletPacketn<A>): NodeKind<NdArray<A>> {
  const { axes, levels } = packet;
  return {
    ...{ names: bandKeys(axes.length), levels },
    split: (node) => splitBy(node, axes),
    checked(path, node) {
      checkNodes({ ...packet, nodes: new Map([[path, node]]) }, [path]);
      return copyOf(node);
    },
  };
}

function treeOf<A extends FloatArray>(
  array: NdArray<A>,
  wavelets: PerAxis<WaveletLike>,
  options: WaveletPacketnOptions,
  split: (node: NdArray<A>, axes: readonly PyramidAxis[]) => readonly NdArray<A>[],
): WaveletPacketn<A> {
  const { shape } = array;
  const axes = axesOf(shape, wavelets, options);
  const names = bandKeys(axes.length);
  const given = options.levels ?? leastMaxLevel(shape, axes);
  const { lazy = false } = options;
  const levels = lazy ? checkLevels(given) : checkTreeLevels(given, names.length, sizeOf(shape));
  const growth = { names, levels, split: (node: NdArray<A>) => split(node, axes) };
  return {
    ...plant(copyOf(array), growth, lazy),
    shapes: pyramidShapes(shape, axes, levels),
    axes,
  };
}
