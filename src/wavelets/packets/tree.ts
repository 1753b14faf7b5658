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

/** All paths of a level in natural order, from left to right in the tree: aa, ad, da, dd for the letters "ad" and level 2. */
export function naturalPaths(level: number, letters: string): string[] {
  return Array.from({ length: level }).reduce<string[]>(
    (paths) => paths.flatMap((path) => [...letters].map((letter) => path + letter)),
    [""],
  );
}

/**
 * All paths of a level over two letters, low and high, by increasing frequency. Decimation mirrors the spectrum of a
 * high-pass band, so the two halves below a high letter are swapped: the order is that of a Gray code.
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

/** Splits the root, then each child, down to `levels`; parents come before their children. */
export function grow<T>(
  root: T,
  levels: number,
  letters: string,
  split: (node: T) => readonly T[],
): Map<string, T> {
  const nodes = new Map([["", root]]);
  let paths = [""];
  for (let level = 0; level < levels; level++)
    paths = paths.flatMap((path) => {
      const children = split(nodes.get(path)!);
      return children.map((child, i) => {
        nodes.set(path + letters[i], child);
        return path + letters[i];
      });
    });
  return nodes;
}

/** Joins the leaves of a basis up to the root. Throws RangeError if the paths are not a basis or a node is missing. */
export function collapse<T>(
  nodes: Nodes<T>,
  basis: readonly string[],
  letters: string,
  join: (children: readonly T[], level: number) => T,
): T {
  const leaves = new Set(basis);
  checkBasis(leaves, letters);
  const at = (path: string): T => {
    if (!leaves.has(path))
      return join(
        [...letters].map((letter) => at(path + letter)),
        path.length,
      );
    const node = nodes.get(path);
    if (node === undefined)
      throw new RangeError(`node "${path}" of the basis holds no coefficients`);
    return node;
  };
  return at("");
}

/** Throws RangeError unless every path from the root to the deepest level passes exactly one of the leaves. */
export function checkBasis(leaves: ReadonlySet<string>, letters: string): void {
  const deepest = Math.max(0, ...Array.from(leaves, (path) => path.length));
  let met = 0;
  const visit = (path: string): void => {
    if (leaves.has(path)) met++;
    else if (path.length < deepest) for (const letter of letters) visit(path + letter);
    else throw new RangeError(`the paths are not a basis: none of them covers "${path}"`);
  };
  visit("");
  if (met !== leaves.size)
    throw new RangeError(
      `the paths are not a basis: ${leaves.size - met} of ${leaves.size} lie below others or are not nodes (letters: ${letters})`,
    );
}

/** The adjoint of {@link grow}: the root that sums the contributions of all nodes. Missing nodes count as zero. */
export function sumUp<T>(
  nodes: Nodes<T>,
  letters: string,
  levels: number,
  join: (children: readonly T[], level: number) => T,
  add: (a: T, b: T) => T,
  zero: (level: number) => T,
): T {
  const below = new Set<string>();
  for (const path of nodes.keys()) {
    checkPath(path, letters, levels);
    for (let n = 0; n < path.length; n++) below.add(path.slice(0, n));
  }
  const at = (path: string): T => {
    const own = nodes.get(path);
    if (!below.has(path)) return own ?? zero(path.length);
    const joined = join(
      [...letters].map((letter) => at(path + letter)),
      path.length,
    );
    return own === undefined ? joined : add(own, joined);
  };
  return at("");
}

/** Throws RangeError unless a node has the number of coefficients of its level. */
export function checkNode(path: string, given: string, needed: string): void {
  if (given !== needed)
    throw new RangeError(`node "${path}" has ${given} coefficients instead of ${needed}`);
}

/** The path if it names a node of the tree; throws RangeError otherwise. */
export function checkPath(path: string, letters: string, levels: number): string {
  let isPath = path.length <= levels;
  for (let i = 0; i < path.length; i++) isPath &&= letters.includes(path[i]!);
  if (!isPath)
    throw new RangeError(
      `there is no node "${path}" in a tree of ${levels} levels: a path has up to ${levels} of the letters ${[...letters].join(", ")}`,
    );
  return path;
}
