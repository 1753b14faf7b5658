import { checkResult } from "../arguments/result.ts";
import { type AnyPacket, type NodeOf, nodesOf } from "./anyPacket.ts";
import { editedNodes } from "./lazyNodes.ts";
import type { NodeKind } from "./nodeKind.ts";
import { checkPath, naturalPaths, type PacketTree } from "./tree.ts";

/**
 * The tree with other coefficients in one of its nodes: `tree[path] = coefficients` in PyWavelets. The nodes below it are
 * computed from them when they are asked for, those above it stay as they are, and a reconstruction takes the new ones. Works for
 * signals, matrices and arrays.
 *
 * Throws RangeError for a path outside the tree and for coefficients of another size than the node, TypeError for a tree or
 * coefficients of the wrong type.
 *
 * @example
 * ```ts
 * const tree = waveletPacket(Float64Array.of(1, 2, 3, 4), "haar", { levels: 2, lazy: true });
 * const smooth = withPacketNode(tree, "d", Float64Array.of(0, 0));
 * console.log(inverseWaveletPacket(smooth).map((x) => Math.round(10 * x) / 10));
 * // → Float64Array(4) [ 1.5, 1.5, 3.5, 3.5 ]
 * ```
 */
export function withPacketNode<P extends AnyPacket>(
  packet: P,
  path: string,
  coefficients: NodeOf<P>,
): P {
  const kind = kindOf(packet, path);
  return edited(packet, path, kind.checked(path, coefficients), kind);
}

/**
 * The tree without one of its nodes and all below it: `del tree[path]` in PyWavelets. A reconstruction by default takes zeros in
 * their place, unless one of them is set again. Throws RangeError for a path outside the tree and for the root, TypeError for
 * anything but a tree.
 *
 * @example
 * ```ts
 * const tree = waveletPacket(Float64Array.of(1, 2, 3, 4), "haar", { levels: 2 });
 * const smooth = withoutPacketNode(tree, "d");
 * console.log(smooth.nodes.has("da"), inverseWaveletPacket(smooth).map((x) => Math.round(10 * x) / 10));
 * // → false Float64Array(4) [ 1.5, 1.5, 3.5, 3.5 ]
 * ```
 */
export function withoutPacketNode<P extends AnyPacket>(packet: P, path: string): P {
  const kind = kindOf(packet, path);
  if (path === "")
    throw new RangeError(
      "the root of a tree cannot be removed; set it to zeros, or remove its children",
    );
  return edited(packet, path, undefined, kind);
}

function kindOf<P extends AnyPacket>(packet: P, path: string): NodeKind<NodeOf<P>> {
  checkResult(packet, "nodes", "waveletPacket, waveletPacket2 or waveletPacketn");
  const kind = nodesOf(packet);
  checkPath(path, kind.names, kind.levels);
  return kind;
}

function edited<P extends AnyPacket, T extends NodeOf<P>>(
  packet: P,
  path: string,
  node: T | undefined,
  kind: NodeKind<T>,
): P {
  const tree = packet as PacketTree<unknown> as PacketTree<T>; // the nodes of P are of its type
  const nodes = editedNodes(tree.nodes, path, node, kind);
  const leaves = leavesWith(tree, path, node !== undefined, kind.names);
  return { ...packet, nodes, ...(leaves && { leaves }) };
}

/**
 * The leaves of a tree where a node is set, which becomes one of them, or removed. A leaf above it gives way to the other nodes
 * beside the way from there to the node. Undefined while all nodes of the deepest level are the leaves.
 */
function leavesWith(
  { leaves, levels }: PacketTree<unknown>,
  path: string,
  isSet: boolean,
  names: readonly string[],
): string[] | undefined {
  if (!leaves && isSet) return undefined;
  const others = (leaves ?? naturalPaths(levels, names)).filter((leaf) => !leaf.startsWith(path));
  const kept = others.flatMap((leaf) => {
    if (!path.startsWith(leaf)) return [leaf];
    const beside: string[] = [];
    for (let n = leaf.length; n < path.length; n += names[0]!.length)
      for (const name of names) {
        const next = path.slice(0, n) + name;
        if (!path.startsWith(next)) beside.push(next);
      }
    return beside;
  });
  return isSet ? [...kept, path] : kept;
}
