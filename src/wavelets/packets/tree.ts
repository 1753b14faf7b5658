import { checkOneOf } from "../arguments/checkOneOf.ts";

/** The order of the nodes of a level: as the tree branches, or by rising frequency. */
export type PacketOrder = "natural" | "frequency";

/** Throws RangeError for another order. */
export function checkPacketOrder(order: string): void {
  checkOneOf("order of packets", order, ["natural", "frequency"]);
}

/** All paths of a level in natural order, left to right in the tree: of "ad" and level 2, aa, ad, da, dd. */
export function naturalPaths(level: number, letters: string): string[] {
  return Array.from({ length: level }).reduce<string[]>(
    (paths) => paths.flatMap((path) => [...letters].map((letter) => path + letter)),
    [""],
  );
}

/**
 * All paths of a level over two letters, low and high, by rising frequency. Decimation mirrors the spectrum of a high
 * band, so below a high letter the two halves change places: the order is that of a Gray code.
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

/** Splits the root, then each child, down to `levels`; parents stand before their children. */
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
      const children = split(nodes.get(path)!); // set one level before
      return children.map((child, i) => {
        nodes.set(path + letters[i], child);
        return path + letters[i];
      });
    });
  return nodes;
}

/** Joins the leaves of a basis up to the root. Throws RangeError if the paths are no basis or a node is missing. */
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

/** Throws RangeError unless every way down from the root meets exactly one of the leaves. */
export function checkBasis(leaves: ReadonlySet<string>, letters: string): void {
  const deepest = Math.max(0, ...Array.from(leaves, (path) => path.length));
  let met = 0;
  const visit = (path: string): void => {
    if (leaves.has(path)) met++;
    else if (path.length < deepest) for (const letter of letters) visit(path + letter);
    else throw new RangeError(`the paths are no basis: none of them covers "${path}"`);
  };
  visit("");
  if (met !== leaves.size)
    throw new RangeError(
      `the paths are no basis: ${leaves.size - met} of ${leaves.size} lie below others or name no node (letters: ${letters})`,
    );
}

/** The root of the sum of what all nodes say: the adjoint of {@link grow}. Nodes that are not there count as zero. */
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

/** Throws RangeError unless a node holds as many coefficients as belong in its level. */
export function checkNode(path: string, held: string, belong: string): void {
  if (held !== belong)
    throw new RangeError(`node "${path}" holds ${held} coefficients where ${belong} belong`);
}

/** The path if it names a node of the tree; throws RangeError otherwise. */
export function checkPath(path: string, letters: string, levels: number): string {
  if (path.length > levels || ![...path].every((letter) => letters.includes(letter)))
    throw new RangeError(
      `no node "${path}" in ${levels} levels: a path has up to ${levels} of the letters ${[...letters].join(", ")}`,
    );
  return path;
}
