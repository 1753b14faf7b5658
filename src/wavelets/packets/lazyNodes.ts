import { checkTreeLevels, type Growth, isPath, type Nodes, naturalPaths } from "./tree.ts";

/** Nodes that are computed when they are asked for, with what they are computed from. */
export interface LazyNodes<T> extends Nodes<T> {
  /** The nodes that were set, and `undefined` for those that were removed. What lies below a node follows from it. */
  readonly given: ReadonlyMap<string, T | undefined>;
  /** All other nodes that are known. */
  readonly known: Nodes<T>;
}

/**
 * The nodes of a tree from some that are given: each other one is the child of the node above it, computed when it is asked for
 * and then kept. `known` holds nodes that need not be computed unless they lie below a given one. Iteration computes all nodes,
 * parents before their children, and throws RangeError where the tree has too many.
 */
export function lazyNodes<T>(
  given: ReadonlyMap<string, T | undefined>,
  known: Nodes<T>,
  { names, levels, split }: Growth<T>,
): LazyNodes<T> {
  const width = names[0]!.length;
  const computed = new Map<string, T>();
  const isBelowGiven = (path: string): boolean => {
    for (let n = path.length - width; n >= 0; n -= width)
      if (given.has(path.slice(0, n))) return true;
    return false;
  };
  const at = (path: string): T | undefined => {
    if (given.has(path)) return given.get(path);
    const found = computed.get(path) ?? (isBelowGiven(path) ? undefined : known.get(path));
    if (found !== undefined || path === "") return found;
    const above = path.slice(0, -width);
    const parent = at(above);
    if (parent === undefined) return undefined;
    split(parent).forEach((child, i) => {
      computed.set(above + names[i], child);
    });
    return computed.get(path);
  };
  const get = (path: string): T | undefined => (isPath(path, names, levels) ? at(path) : undefined);

  function* entries(): Generator<[string, T], undefined> {
    checkTreeLevels(levels, names.length);
    for (let level = 0; level <= levels; level++)
      for (const path of naturalPaths(level, names)) {
        const node = get(path);
        if (node !== undefined) yield [path, node];
      }
  }
  function* keys(): Generator<string, undefined> {
    for (const [path] of entries()) yield path;
  }
  function* values(): Generator<T, undefined> {
    for (const [, node] of entries()) yield node;
  }
  const nodes: LazyNodes<T> = {
    ...{ given, known, get, entries, keys, values },
    [Symbol.iterator]: entries,
    has: (path) => get(path) !== undefined,
    get size() {
      let count = 0;
      for (const _ of keys()) count++;
      return count;
    },
    forEach(visit, self) {
      for (const [path, node] of entries()) visit.call(self, node, path, nodes);
    },
  };
  return nodes;
}

/** The nodes with one of them set, or removed with all below it if there is no `node`. */
export function editedNodes<T>(
  nodes: Nodes<T> | LazyNodes<T>,
  path: string,
  node: T | undefined,
  growth: Growth<T>,
): LazyNodes<T> {
  const { given, known } = "given" in nodes ? nodes : { given: new Map(), known: nodes };
  const others = Array.from(given).filter(([other]) => !other.startsWith(path));
  return lazyNodes(new Map([...others, [path, node]]), known, growth);
}
