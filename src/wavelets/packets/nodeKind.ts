import { lazyNodes } from "./lazyNodes.ts";
import { type Growth, grow, type PacketTree } from "./tree.ts";

/** What trees of signals, of matrices and of arrays have each in their own way. */
export interface NodeKind<T> extends Growth<T> {
  /** A copy of a node that takes the place of the one at this path. Throws unless it has the size of its level. */
  readonly checked: (path: string, node: T) => T;
}

/** A whole tree, or one that grows where it is looked at, and until then is its root. */
export function plant<T>(root: T, growth: Growth<T>, lazy: boolean): PacketTree<T> {
  const { levels } = growth;
  if (!lazy) return { nodes: grow(root, growth), levels };
  return { nodes: lazyNodes(new Map([["", root]]), new Map(), growth), levels, leaves: [""] };
}
