import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkLevels } from "../arguments/levels.ts";

/** The order of the nodes of a level: from left to right in the tree, or by increasing frequency. */
export type PacketOrder = "natural" | "frequency";

/** Throws RangeError for another order. */
export function checkPacketOrder(order: string): void {
  checkOneOf("packet order", order, ["natural", "frequency"]);
}

/** The most nodes of a level, whatever the number of samples. */
const mostNodes = 2 ** 22;
/** The most nodes of a level for signals with fewer samples than that. */
const nodesOfShort = 2 ** 16;

/**
 * `levels` if the last level of a tree with `children` children a node has at most as many nodes as there are samples, or
 * 65,536. Throws RangeError otherwise: the number of nodes grows exponentially.
 */
export function checkTreeLevels(levels: number, children: number, samples = mostNodes): number {
  const nodes = children ** checkLevels(levels);
  const most = Math.min(mostNodes, Math.max(nodesOfShort, samples));
  if (nodes > most)
    throw new RangeError(
      `${levels} levels of packets make ${nodes} nodes in the last level; at most ${most} are allowed`,
    );
  return levels;
}

/** All paths of a level in natural order, from left to right in the tree: aa, ad, da, dd for the names a, d and level 2. */
export function naturalPaths(level: number, names: readonly string[]): string[] {
  return Array.from({ length: level }).reduce<string[]>(
    (paths) => paths.flatMap((path) => names.map((name) => path + name)),
    [""],
  );
}

/**
 * All paths of a level over two names, low and high, by increasing frequency. Decimation mirrors the spectrum of a
 * high-pass band, so the two halves below a high name are swapped: the order is that of a Gray code.
 */
export function frequencyPaths(level: number, low: string, high: string): string[] {
  return Array.from({ length: level }).reduce<string[]>(
    (paths) =>
      paths.flatMap((path, i) => (i % 2 === 0 ? [low, high] : [high, low]).map((x) => path + x)),
    [""],
  );
}

/** Nodes of a tree by path; the root is "". */
export type Nodes<T> = ReadonlyMap<string, T>;

/** A tree of packets of any kind: signals, matrices or arrays. */
export interface PacketTree<T> {
  readonly nodes: Nodes<T>;
  /** Depth of the tree. */
  readonly levels: number;
  /**
   * Paths of the nodes from which the data are reconstructed by default. What none of them covers counts as zero. All nodes of
   * the deepest level if there is no such list.
   */
  readonly leaves?: readonly string[];
}

/** Some node of a tree, for its type of numbers. Throws RangeError if there is none. */
export function anyNode<T>({ nodes }: PacketTree<T>): T {
  const root = nodes.get("");
  if (root !== undefined) return root;
  for (const node of nodes.values()) return node;
  throw new RangeError("the packet has no nodes");
}

/** How nodes are split, and how their children are called. */
export interface Growth<T> {
  /** A name for each child of a node, all equally long: a path is a row of names. */
  readonly names: readonly string[];
  readonly levels: number;
  readonly split: (node: T) => readonly T[];
}

/** Splits the root, then each child, down to the last level; parents come before their children. */
export function grow<T>(root: T, { names, levels, split }: Growth<T>): Map<string, T> {
  const nodes = new Map([["", root]]);
  let paths = [""];
  for (let level = 0; level < levels; level++)
    paths = paths.flatMap((path) =>
      split(nodes.get(path)!).map((child, i) => {
        nodes.set(path + names[i], child);
        return path + names[i];
      }),
    );
  return nodes;
}

/** How the children of a node of some level are put together, and what stands for a node that is missing. */
export interface Joint<T> {
  readonly join: (children: readonly T[], level: number) => T;
  readonly zero: (level: number) => T;
}

/**
 * Joins the nodes of a basis up to the root; by default the leaves of the tree, which need not cover it. Throws RangeError if the
 * paths are not a basis, if leaves lie below others, or if a node is missing.
 */
export function collapse<T>(
  { nodes, levels, leaves }: PacketTree<T>,
  basis: readonly string[] | undefined,
  names: readonly string[],
  { join, zero }: Joint<T>,
): T {
  const ends = new Set(basis ?? leaves ?? naturalPaths(levels, names));
  const above = checkBasis(ends, names, basis === undefined && leaves !== undefined);
  const at = (path: string): T => {
    if (above.has(path)) return join(childrenOf(path, names).map(at), depthOf(path, names));
    if (!ends.has(path)) return zero(depthOf(path, names));
    const node = nodes.get(path);
    if (node === undefined)
      throw new RangeError(`node "${path}" of the basis holds no coefficients`);
    return node;
  };
  return at("");
}

/** The paths of the children of a node. */
export const childrenOf = (path: string, names: readonly string[]): string[] =>
  names.map((name) => path + name);

/** The level of a node. */
export const depthOf = (path: string, names: readonly string[]): number =>
  path.length / names[0]!.length;

/** All paths that lead to these, without themselves. */
function pathsAbove(paths: Iterable<string>, names: readonly string[]): Set<string> {
  const width = names[0]!.length;
  const above = new Set<string>();
  for (const path of paths)
    for (let n = path.length - width; n >= 0 && !above.has(path.slice(0, n)); n -= width)
      above.add(path.slice(0, n));
  return above;
}

/**
 * Throws RangeError unless every path from the root to the deepest level passes exactly one of the leaves, or at most one if
 * they may be a `part` of a basis. All paths above them.
 */
export function checkBasis(
  leaves: ReadonlySet<string>,
  names: readonly string[],
  part = false,
): ReadonlySet<string> {
  const above = pathsAbove(leaves, names);
  let met = 0;
  const visit = (path: string): void => {
    if (leaves.has(path)) met++;
    else if (above.has(path)) childrenOf(path, names).forEach(visit);
    else if (!part)
      throw new RangeError(`the paths are not a basis: none of them covers "${path}"`);
  };
  visit("");
  if (met !== leaves.size)
    throw new RangeError(
      `the paths are not a basis: ${leaves.size - met} of ${leaves.size} lie below others or are not nodes (${describeNames(names)})`,
    );
  return above;
}

/** The adjoint of {@link grow}: the root that sums the contributions of all nodes. Missing nodes count as zero. */
export function sumUp<T>(
  nodes: Nodes<T>,
  names: readonly string[],
  { join, zero }: Joint<T>,
  add: (a: T, b: T) => T,
): T {
  const above = pathsAbove(nodes.keys(), names);
  const at = (path: string): T => {
    const own = nodes.get(path);
    if (!above.has(path)) return own ?? zero(depthOf(path, names));
    const joined = join(childrenOf(path, names).map(at), depthOf(path, names));
    return own === undefined ? joined : add(own, joined);
  };
  return at("");
}

/** Throws RangeError unless a node has the number of coefficients of its level. */
export function checkNode(path: string, given: string, needed: string): void {
  if (given !== needed)
    throw new RangeError(`node "${path}" has ${given} coefficients instead of ${needed}`);
}

/** Whether a path names a node of a tree. */
export function isPath(path: string, names: readonly string[], levels: number): boolean {
  const width = names[0]!.length;
  if (typeof path !== "string" || path.length % width !== 0 || path.length > levels * width)
    return false;
  for (let i = 0; i < path.length; i += width)
    if (!names.includes(path.slice(i, i + width))) return false;
  return true;
}

/** The path if it names a node of the tree; throws RangeError otherwise. */
export function checkPath(path: string, names: readonly string[], levels: number): string {
  if (!isPath(path, names, levels))
    throw new RangeError(
      `there is no node "${path}" in a tree of ${levels} levels: a path has up to ${levels} of the ${describeNames(names)}`,
    );
  return path;
}

const describeNames = (names: readonly string[]): string =>
  `${names[0]!.length === 1 ? "letters" : "keys"} ${names.join(", ")}`;
