import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";
import { type Dwt2, dwt2, dwt2Adjoint, idwt2, idwt2Adjoint } from "../discrete/dwt2.ts";
import { dwtMaxLevel } from "../discrete/maxLevel.ts";
import type { Mode } from "../extension/mode.ts";
import { type WaveletLike, waveletOf } from "../families/wavelet.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";
import {
  checkBasis,
  checkNode,
  checkPacketOrder,
  checkPath,
  collapse,
  frequencyPaths,
  grow,
  type Nodes,
  naturalPaths,
  type PacketOrder,
  sumUp,
} from "./tree.ts";
import type { WaveletPacketOptions } from "./waveletPacket.ts";

/** The tree of a matrix's wavelet packets, with all that reconstruction needs. */
export interface WaveletPacket2<A extends FloatArray = FloatArray> {
  /**
   * Coefficients by path from the root: "" is the matrix, "a", "h", "v", "d" its bands (approximation, horizontal,
   * vertical, diagonal), "ah" the horizontal band of the approximation.
   */
  readonly nodes: Nodes<Matrix<A>>;
  /** Depth of the tree. */
  readonly levels: number;
  /** The size of a node of each level; `sizes[0]` is that of the matrix. */
  readonly sizes: readonly { readonly height: number; readonly width: number }[];
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

const letters = "ahvd";

/**
 * Wavelet packet transform of a matrix: `dwt2` of every band down to `levels`. The values are those of PyWavelets'
 * WaveletPacket2D (whose default mode is smooth; here it is symmetric everywhere). Throws RangeError as `wavedec2` does.
 */
export function waveletPacket2<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WaveletPacketOptions = {},
): WaveletPacket2<A> {
  const mode = options.mode ?? "symmetric";
  return treeOf(matrix, wavelet, mode, options.levels, (node) => dwt2(node, wavelet, { mode }));
}

/**
 * The matrix, with exactly its size, from the nodes of one admissible basis; all nodes of the deepest level by default.
 * Throws RangeError if the paths are no basis, or a node is missing or has another size than its level's.
 */
export function inverseWaveletPacket2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  basis: readonly string[] = packetPaths2(packet.levels),
): Matrix<A> {
  checkNodes(packet, basis);
  const root = collapse(packet.nodes, basis, letters, (children, level) =>
    idwt2(bandsOf(packet, children, level)),
  );
  return { ...root, data: root.data.slice() as A };
}

/**
 * The adjoint of {@link waveletPacket2}, over all nodes that `packet` holds; with the nodes of one basis alone it is the
 * adjoint of the transform to that basis. Throws RangeError for a path outside the tree.
 */
export function waveletPacket2Adjoint<A extends FloatArray>(packet: WaveletPacket2<A>): Matrix<A> {
  const { nodes, levels, sizes } = packet;
  const [some] = nodes.values();
  if (some === undefined) throw new RangeError("the packet holds no nodes");
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
 * The adjoint of {@link inverseWaveletPacket2} with this basis: matrix to the coefficients of the basis, in a tree that
 * holds no other nodes. Throws RangeError as that and {@link waveletPacket2} do.
 */
export function inverseWaveletPacket2Adjoint<A extends FloatArray>(
  matrix: Matrix<A>,
  wavelet: WaveletLike,
  options: WaveletPacketOptions & { readonly basis?: readonly string[] } = {},
): WaveletPacket2<A> {
  const mode = options.mode ?? "symmetric";
  const packet = treeOf(matrix, wavelet, mode, options.levels, (node) =>
    idwt2Adjoint(node, wavelet, { mode }),
  );
  return onBasis2(packet, options.basis ?? packetPaths2(packet.levels));
}

/** The coefficients of a node. Throws RangeError if the tree has no such node. */
export function packetNode2<A extends FloatArray>(
  packet: WaveletPacket2<A>,
  path: string,
): Matrix<A> {
  const node = packet.nodes.get(checkPath(path, letters, packet.levels));
  if (node === undefined) throw new RangeError(`node "${path}" holds no coefficients`);
  return node;
}

/**
 * The paths of all nodes of a level. In natural order, as the tree branches: a, h, v, d (PyWavelets' "natural"). In
 * frequency order they fill a square of 2^level × 2^level row by row, frequency along axis 0 rising from row to row and
 * along axis 1 from column to column (PyWavelets' "freq", flattened). Throws RangeError as `packetPaths` does.
 */
export function packetPaths2(level: number, order: PacketOrder = "natural"): string[] {
  checkLevels(level);
  checkPacketOrder(order);
  if (order === "natural") return naturalPaths(level, letters);
  const axis = frequencyPaths(level, "l", "h");
  return axis.flatMap((down) => axis.map((along) => pathOf(down, along)));
}

/** The tree with the nodes of one basis only. Throws RangeError if the paths are no basis of the tree. */
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

/** Throws RangeError for a path outside the tree, and for a node that is there but of another size than its level's. */
function checkNodes({ nodes, levels, sizes }: WaveletPacket2, paths: Iterable<string>): void {
  for (const path of paths) {
    const node = nodes.get(checkPath(path, letters, levels));
    if (!node) continue;
    checkMatrix(node);
    const { height, width } = sizes[path.length]!; // as many as levels and one
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
  const wavelet = waveletOf(like);
  checkMatrix(matrix);
  const { height, width, data } = matrix;
  const levels = checkLevels(depth ?? dwtMaxLevel(Math.min(height, width), wavelet));
  const root = { height, width, data: data.slice() as A };
  const nodes = grow<Matrix<A>>(root, levels, letters, (node) => {
    const { approximation, hl, lh, hh } = split(node);
    return [approximation, hl, lh, hh];
  });
  const sizes = Array.from({ length: levels + 1 }, (_, level) => {
    const node = nodes.get("a".repeat(level))!; // a full tree
    return { height: node.height, width: node.width };
  });
  return { nodes, levels, sizes, mode, wavelet };
}
