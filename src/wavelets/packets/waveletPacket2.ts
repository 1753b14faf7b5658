import { checkLevels } from "../arguments/levels.ts";
import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";
import type { DwtOptions } from "../discrete/dwt.ts";
import { type Dwt2, dwt2, dwt2Adjoint, idwt2, idwt2Adjoint } from "../discrete/dwt2.ts";
import { levelsWithin } from "../discrete/maxLevel.ts";
import { pyramidShapes } from "../discrete/pyramid.ts";
import { checkMode, type Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
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
import {
  basisOptionNames,
  type PacketBasisOptions,
  packetOptionNames,
  type WaveletPacketOptions,
} from "./waveletPacket.ts";

/** A matrix's tree of wavelet packets, with everything that reconstruction needs. */
export interface WaveletPacket2<A extends FloatArray = FloatArray> extends PacketTree<Matrix<A>> {
  /**
   * Coefficients by path from the root: "" is the matrix, "a", "h", "v", "d" its bands (approximation, horizontal,
   * vertical, diagonal), "ah" the horizontal band of the approximation.
   */
  readonly nodes: Nodes<Matrix<A>>;
  /** Size of a node on each level; `sizes[0]` is the size of the matrix. */
  readonly sizes: readonly { readonly height: number; readonly width: number }[];
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

const names = ["a", "h", "v", "d"] as const;

/**
 * Wavelet packet transform of a matrix: `dwt2` of every band down to `levels`. The values are those of PyWavelets'
 * WaveletPacket2D (its default mode is smooth; here the default is symmetric everywhere).
 *
 * Throws as `wavedec2` does, and RangeError if the last level would have more than 65,536 nodes and than elements.
 *
 * @example
 * ```ts
 * const image = { height: 8, width: 8, data: new Float64Array(64).fill(1) };
 * const packet = waveletPacket2(image, "haar", { levels: 2 });
 * console.log(packet.nodes.size, packet.sizes.at(-1)); // 1 + 4 + 16 nodes
 * // → 21 { height: 2, width: 2 }
 * ```
 */
export function waveletPacket2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WaveletPacketOptions = {},
): WaveletPacket2<A> {
  checkOptions(options, packetOptionNames);
  return treeOf(matrix, wavelet, options, splitBy);
}

/**
 * The matrix, with exactly its size, from the nodes of one basis; by default the {@link WaveletPacket2.leaves} of the tree, or
 * else all nodes of the deepest level. Throws RangeError if the paths are not a basis, or if a node is missing or has another
 * size than its level.
 */
export function inverseWaveletPacket2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  basis?: readonly string[],
): Matrix<A> {
  checkResult(packet, "nodes", "waveletPacket2");
  checkNodes(packet, basis ?? packet.leaves ?? packetPaths2(packet.levels));
  const root = collapse(packet, basis, names, jointOf(packet, idwt2));
  return { ...root, data: root.data.slice() as A };
}

/**
 * The adjoint of {@link waveletPacket2}, over all nodes of `packet`. With the nodes of one basis only, it is the adjoint of
 * the transform to this basis. Throws RangeError for a path outside the tree.
 */
export function waveletPacket2Adjoint<A extends FloatArray>(packet: WaveletPacket2<A>): Matrix<A> {
  checkResult(packet, "nodes", "waveletPacket2");
  const { nodes } = packet;
  checkNodes(packet, nodes.keys());
  const add = (a: Matrix<A>, b: Matrix<A>): Matrix<A> => {
    return { ...a, data: a.data.map((value, i) => value + b.data[i]!) as A };
  };
  const root = sumUp(nodes, names, jointOf(packet, dwt2Adjoint), add);
  return { ...root, data: root.data.slice() as A };
}

/**
 * The adjoint of {@link inverseWaveletPacket2} with this basis: from a matrix to a tree that has only the nodes of the
 * basis. Throws RangeError as inverseWaveletPacket2 and {@link waveletPacket2} do.
 */
export function inverseWaveletPacket2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: PacketBasisOptions = {},
): WaveletPacket2<A> {
  checkOptions(options, basisOptionNames);
  const { basis, ...rest } = options;
  const packet = treeOf(matrix, wavelet, { ...rest, lazy: basis !== undefined }, splitByAdjoint);
  return onBasis2(packet, basis ?? packetPaths2(packet.levels));
}

/** The coefficients of a node. Throws RangeError if the tree does not have it. */
export function packetNode2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  path: string,
): Matrix<A> {
  checkResult(packet, "nodes", "waveletPacket2");
  const node = packet.nodes.get(checkPath(path, names, packet.levels));
  if (node === undefined) throw new RangeError(`node "${path}" has no coefficients`);
  return node;
}

/**
 * The paths of all nodes of a level. Natural order is the order of the tree: a, h, v, d (PyWavelets' "natural"). Frequency
 * order fills a square of 2^level × 2^level nodes row by row: the frequency along axis 0 increases from row to row, the
 * frequency along axis 1 from column to column (PyWavelets' "freq", flattened). Throws RangeError unless the level is an
 * integer from 0 to 11.
 */
export function packetPaths2(level: number, order: PacketOrder = "natural"): string[] {
  checkTreeLevels(level, 4);
  checkPacketOrder(order);
  if (order === "natural") return naturalPaths(level, names);
  const axis = frequencyPaths(level, "l", "h");
  return axis.flatMap((down) => axis.map((along) => pathOf(down, along)));
}

/**
 * The tree reduced to the nodes of one basis, from which it is reconstructed. Throws RangeError if the paths are not a basis of
 * the tree.
 */
export function onBasis2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  basis: readonly string[],
): WaveletPacket2<A> {
  checkBasis(new Set(basis), names);
  const nodes = new Map(basis.map((path) => [path, packetNode2(packet, path)]));
  return { ...packet, nodes, leaves: [...basis] };
}

/** The letter of a band by its filters along axis 0 and axis 1. */
const bandLetters: Readonly<Record<string, string>> = { ll: "a", hl: "h", lh: "v", hh: "d" };

function pathOf(down: string, along: string): string {
  return Array.from(down, (filter, i) => bandLetters[filter + along[i]]).join("");
}

/** Throws RangeError for a path outside the tree, and for a node with another size than its level. */
function checkNodes({ nodes, levels, sizes }: WaveletPacket2, paths: Iterable<string>): void {
  for (const path of paths) {
    const node = nodes.get(checkPath(path, names, levels));
    if (!node) continue;
    checkMatrix(node, `node "${path}"`);
    const { height, width } = sizes[path.length]!;
    checkNode(path, `${node.height}×${node.width}`, `${height}×${width}`);
  }
}

/** What a node is split by. */
type Splitting = Required<DwtOptions> & { readonly wavelet: Wavelet };

const splitBy = <A extends FloatArray>(
  node: Matrix<A>,
  { wavelet, mode }: Splitting,
): readonly Matrix<A>[] => childrenOf(dwt2(node, wavelet, { mode }));

const splitByAdjoint: typeof splitBy = (node, { wavelet, mode }) =>
  childrenOf(idwt2Adjoint(node, wavelet, { mode }));

const childrenOf = <A extends FloatArray>({ approximation, hl, lh, hh }: Dwt2<A>) => [
  approximation,
  ...[hl, lh, hh],
];

/** How the children of a node are put together: by the inverse of `dwt2`, or by its adjoint. */
function jointOf<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  merge: (bands: Dwt2<A>) => Matrix<A>,
): Joint<Matrix<A>> {
  const { sizes, mode, wavelet } = packet;
  return {
    join([approximation, hl, lh, hh], level) {
      const bands = { approximation: approximation!, hl: hl!, lh: lh!, hh: hh! };
      return merge({ ...bands, ...sizes[level]!, mode, wavelet });
    },
    zero(level) {
      const { height, width } = sizes[level]!;
      return { height, width, data: zerosLike(anyNode(packet).data, height * width) };
    },
  };
}

/** The kind of the nodes of a matrix's tree. */
export function matrixNodes<A extends FloatArray>(packet: WaveletPacket2<A>): NodeKind<Matrix<A>> {
  return {
    ...{ names, levels: packet.levels },
    split: (node) => splitBy(node, packet),
    checked(path, node) {
      checkNodes({ ...packet, nodes: new Map([[path, node]]) }, [path]);
      return { ...node, data: node.data.slice() as A };
    },
  };
}

function treeOf<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  { mode = "symmetric", levels: depth, lazy = false }: WaveletPacketOptions,
  split: (node: Matrix<A>, by: Splitting) => readonly Matrix<A>[],
): WaveletPacket2<A> {
  checkMatrix(matrix);
  const by = { wavelet: waveletOf(like), mode: checkMode(mode) };
  const { height, width, data } = matrix;
  const given = depth ?? levelsWithin(Math.min(height, width), by.wavelet.decLo.length);
  const levels = lazy ? checkLevels(given) : checkTreeLevels(given, names.length, height * width);
  const axes = [0, 1].map((axis) => ({ ...by, axis }));
  const shapes = pyramidShapes([height, width], axes, levels);
  const growth = { names, levels, split: (node: Matrix<A>) => split(node, by) };
  const root = { height, width, data: data.slice() as A };
  const sizes = shapes.map(([height, width]) => ({ height: height!, width: width! }));
  return { ...plant(root, growth, lazy), sizes, ...by };
}
