import { checkLevels } from "../arguments/levels.ts";
import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import { type DwtOptions, dwt, dwtAdjoint, idwt, idwtAdjoint } from "../discrete/dwt.ts";
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

/** Options of a wavelet packet transform. */
export interface WaveletPacketOptions extends DwtOptions {
  /** Depth of the tree; `dwtMaxLevel` of the length by default, as in PyWavelets. More is allowed. */
  readonly levels?: number;
}

/** The tree of a signal's wavelet packets, with all that reconstruction needs. */
export interface WaveletPacket<A extends FloatArray = FloatArray> {
  /**
   * Coefficients by path from the root: "" is the signal, "a" and "d" its low and high band, "aad" the high band of the
   * low band of the low band. Reconstruction looks only at the nodes of the basis it is given.
   */
  readonly nodes: Nodes<A>;
  /** Depth of the tree. */
  readonly levels: number;
  /** How many coefficients a node of each level has: `lengths[0]` samples of the signal. */
  readonly lengths: readonly number[];
  readonly mode: Mode;
  readonly wavelet: Wavelet;
}

const letters = "ad";

/**
 * Wavelet packet transform of a signal of N ≥ 1 samples: `dwt` of every band, low and high, down to `levels`.
 * The values are those of PyWavelets' WaveletPacket. Throws RangeError as `wavedec` does.
 */
export function waveletPacket<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WaveletPacketOptions = {},
): WaveletPacket<A> {
  const mode = options.mode ?? "symmetric";
  return treeOf(data, wavelet, mode, options.levels, (node) => {
    const { approximation, detail } = dwt(node, wavelet, { mode });
    return [approximation, detail];
  });
}

/**
 * The signal, with exactly its length, from the nodes of one admissible basis: paths of which every way down the tree
 * meets exactly one; all nodes of the deepest level by default. Throws RangeError if the paths are no basis, or a node
 * is missing or has another length than its level's.
 */
export function inverseWaveletPacket<A extends FloatArray>(
  packet: WaveletPacket<A>,
  basis: readonly string[] = packetPaths(packet.levels),
): A {
  const { nodes, lengths, mode, wavelet } = packet;
  checkNodes(packet, basis);
  const root = collapse(
    nodes,
    basis,
    letters,
    ([approximation, detail], level) =>
      idwt<A>({
        approximation: approximation!,
        detail: detail!,
        length: lengths[level]!,
        mode,
        wavelet,
      }), // two letters, two children
  );
  return root === nodes.get("") ? (root.slice() as A) : root;
}

/**
 * The adjoint of {@link waveletPacket}: <waveletPacket x, c> summed over all nodes that `packet` holds is
 * <x, waveletPacketAdjoint c>. With the nodes of one basis alone it is the adjoint of the transform to that basis.
 * Throws RangeError for a path outside the tree, and a node of another length than its level's.
 */
export function waveletPacketAdjoint<A extends FloatArray>(packet: WaveletPacket<A>): A {
  const { nodes, levels, lengths, mode, wavelet } = packet;
  const [some] = nodes.values();
  if (some === undefined) throw new RangeError("the packet holds no nodes");
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
      }), // two letters, two children
    (a, b) => a.map((value, i) => value + b[i]!) as A,
    (level) => zerosLike(some, lengths[level]!),
  );
  return root === nodes.get("") ? (root.slice() as A) : root;
}

/**
 * The adjoint of {@link inverseWaveletPacket} with this basis: signal to the coefficients of the basis, in a tree that
 * holds no other nodes. Throws RangeError as that and {@link waveletPacket} do.
 */
export function inverseWaveletPacketAdjoint<A extends FloatArray>(
  data: A,
  wavelet: WaveletLike,
  options: WaveletPacketOptions & { readonly basis?: readonly string[] } = {},
): WaveletPacket<A> {
  const mode = options.mode ?? "symmetric";
  const packet = treeOf(data, wavelet, mode, options.levels, (node) => {
    const { approximation, detail } = idwtAdjoint(node, wavelet, { mode });
    return [approximation, detail];
  });
  return onBasis(packet, options.basis ?? packetPaths(packet.levels));
}

/** The coefficients of a node. Throws RangeError if the tree has no such node. */
export function packetNode<A extends FloatArray>(packet: WaveletPacket<A>, path: string): A {
  const node = packet.nodes.get(checkPath(path, letters, packet.levels));
  if (node === undefined) throw new RangeError(`node "${path}" holds no coefficients`);
  return node;
}

/**
 * The paths of all nodes of a level, in natural order (left to right in the tree; PyWavelets' "natural") or by rising
 * frequency (PyWavelets' "freq"). Throws RangeError if the level is no whole number from 0 up.
 */
export function packetPaths(level: number, order: PacketOrder = "natural"): string[] {
  checkLevels(level);
  checkPacketOrder(order);
  return order === "frequency" ? frequencyPaths(level, "a", "d") : naturalPaths(level, letters);
}

/** The tree with the nodes of one basis only. Throws RangeError if the paths are no basis of the tree. */
export function onBasis<A extends FloatArray>(
  packet: WaveletPacket<A>,
  basis: readonly string[],
): WaveletPacket<A> {
  checkBasis(new Set(basis), letters);
  return { ...packet, nodes: new Map(basis.map((path) => [path, packetNode(packet, path)])) };
}

/** Throws RangeError for a path outside the tree, and for a node that is there but of another length than its level's. */
function checkNodes({ nodes, levels, lengths }: WaveletPacket, paths: Iterable<string>): void {
  for (const path of paths) {
    const node = nodes.get(checkPath(path, letters, levels));
    if (node) checkNode(path, `${node.length}`, `${lengths[path.length]}`);
  }
}

function treeOf<A extends FloatArray>(
  data: A,
  like: WaveletLike,
  mode: Mode,
  depth: number | undefined,
  split: (node: A) => readonly A[],
): WaveletPacket<A> {
  const wavelet = waveletOf(like);
  const levels = checkLevels(depth ?? dwtMaxLevel(data.length, wavelet));
  if (data.length === 0) throw new RangeError("cannot transform an empty signal");
  const nodes = grow(data.slice() as A, levels, letters, split);
  const lengths = Array.from(
    { length: levels + 1 },
    (_, level) => nodes.get("a".repeat(level))!.length,
  ); // a full tree
  return { nodes, levels, lengths, mode, wavelet };
}
