import { checkOptions } from "../arguments/options.ts";
import { checkResult } from "../arguments/result.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";
import { type Dwt2, dwt2, dwt2Adjoint, idwt2, idwt2Adjoint } from "../discrete/dwt2.ts";
import { levelsWithin } from "../discrete/maxLevel.ts";
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
import {
  basisOptionNames,
  type PacketBasisOptions,
  packetOptionNames,
  type WaveletPacketOptions,
} from "./waveletPacket.ts";

/** A matrix's tree of wavelet packets, with everything that reconstruction needs. */
export interface WaveletPacket2<A extends FloatArray = FloatArray> {
  /**
   * Coefficients by path from the root: "" is the matrix, "a", "h", "v", "d" its bands (approximation, horizontal,
   * vertical, diagonal), "ah" the horizontal band of the approximation.
   */
  readonly nodes: Nodes<Matrix<A>>;
  /** Depth of the tree. */
  readonly levels: number;
  /** Size of a node on each level; `sizes[0]` is the size of the matrix. */
  readonly sizes: readonly { readonly height: number; readonly width: number }[];
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

const letters = "ahvd";

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
  const mode = options.mode ?? "symmetric";
  return treeOf(matrix, wavelet, mode, options.levels, (node) => dwt2(node, wavelet, { mode }));
}

/**
 * The matrix, with exactly its size, from the nodes of one basis; all nodes of the deepest level by default. Throws
 * RangeError if the paths are not a basis, or if a node is missing or has another size than its level.
 */
export function inverseWaveletPacket2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  basis?: readonly string[],
): Matrix<A> {
  checkResult(packet, "nodes", "waveletPacket2");
  const paths = basis ?? packetPaths2(packet.levels);
  checkNodes(packet, paths);
  const root = collapse(packet.nodes, paths, letters, (children, level) =>
    idwt2(bandsOf(packet, children, level)),
  );
  return { ...root, data: root.data.slice() as A };
}

/**
 * The adjoint of {@link waveletPacket2}, over all nodes of `packet`. With the nodes of one basis only, it is the adjoint of
 * the transform to this basis. Throws RangeError for a path outside the tree.
 */
export function waveletPacket2Adjoint<A extends FloatArray>(packet: WaveletPacket2<A>): Matrix<A> {
  checkResult(packet, "nodes", "waveletPacket2");
  const { nodes, levels, sizes } = packet;
  const [some] = nodes.values();
  if (some === undefined) throw new RangeError("the packet has no nodes");
  checkNodes(packet, nodes.keys());
  const root = sumUp<Matrix<A>>(
    nodes,
    letters,
    levels,
    (children, level) => dwt2Adjoint(bandsOf(packet, children, level)),
    (a, b) => ({ ...a, data: a.data.map((value, i) => value + b.data[i]!) as A }),
    (level) => {
      const { height, width } = sizes[level]!;
      return { height, width, data: zerosLike(some.data, height * width) };
    },
  );
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
  const mode = options.mode ?? "symmetric";
  const packet = treeOf(matrix, wavelet, mode, options.levels, (node) =>
    idwt2Adjoint(node, wavelet, { mode }),
  );
  return onBasis2(packet, options.basis ?? packetPaths2(packet.levels));
}

/** The coefficients of a node. Throws RangeError if the tree does not have it. */
export function packetNode2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  path: string,
): Matrix<A> {
  checkResult(packet, "nodes", "waveletPacket2");
  const node = packet.nodes.get(checkPath(path, letters, packet.levels));
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
  if (order === "natural") return naturalPaths(level, letters);
  const axis = frequencyPaths(level, "l", "h");
  return axis.flatMap((down) => axis.map((along) => pathOf(down, along)));
}

/** The tree reduced to the nodes of one basis. Throws RangeError if the paths are not a basis of the tree. */
export function onBasis2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  basis: readonly string[],
): WaveletPacket2<A> {
  checkBasis(new Set(basis), letters);
  return { ...packet, nodes: new Map(basis.map((path) => [path, packetNode2(packet, path)])) };
}

/** The letter of a band by its filters along axis 0 and axis 1. */
const bandLetters: Readonly<Record<string, string>> = { ll: "a", hl: "h", lh: "v", hh: "d" };

function pathOf(down: string, along: string): string {
  return Array.from(down, (filter, i) => bandLetters[filter + along[i]]).join("");
}

function bandsOf<A extends FloatArray>(
  { sizes, mode, wavelet }: WaveletPacket2<A>,
  children: readonly Matrix<A>[],
  level: number,
): Dwt2<A> {
  const [approximation, hl, lh, hh] = children as [Matrix<A>, Matrix<A>, Matrix<A>, Matrix<A>];
  return { approximation, hl, lh, hh, ...sizes[level]!, mode, wavelet };
}

/** Throws RangeError for a path outside the tree, and for a node with another size than its level. */
function checkNodes({ nodes, levels, sizes }: WaveletPacket2, paths: Iterable<string>): void {
  for (const path of paths) {
    const node = nodes.get(checkPath(path, letters, levels));
    if (!node) continue;
    checkMatrix(node);
    const { height, width } = sizes[path.length]!;
    checkNode(path, `${node.height}×${node.width}`, `${height}×${width}`);
  }
}

function treeOf<A extends FloatArray>(
  matrix: Matrix<A>,
  like: WaveletLike,
  mode: Mode,
  depth: number | undefined,
  split: (node: Matrix<A>) => Dwt2<A>,
): WaveletPacket2<A> {
  checkMatrix(matrix);
  const wavelet = waveletOf(like);
  const { height, width, data } = matrix;
  const given = depth ?? levelsWithin(Math.min(height, width), wavelet.decLo.length);
  const levels = checkTreeLevels(given, 4, height * width);
  const root = { height, width, data: data.slice() as A };
  const nodes = grow<Matrix<A>>(root, levels, letters, (node) => {
    const { approximation, hl, lh, hh } = split(node);
    return [approximation, hl, lh, hh];
  });
  const sizes = Array.from({ length: levels + 1 }, (_, level) => {
    const node = nodes.get("a".repeat(level))!;
    return { height: node.height, width: node.width };
  });
  return { nodes, levels, sizes, mode, wavelet };
}
