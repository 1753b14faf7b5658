/** A value of JSON that differs between two, with its key (`options.width`). */
export interface Difference {
  readonly key: string;
  readonly was: unknown;
  readonly is: unknown;
}

/** The first value in which two values of JSON differ; undefined where they are the same. The order of keys does not matter. */
export function difference(was: unknown, is: unknown, key = ""): Difference | undefined {
  if (isObject(was) && isObject(is)) {
    for (const inner of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const found = difference(was[inner], is[inner], key === "" ? inner : `${key}.${inner}`);
      if (found) return found;
    }
    return undefined;
  }
  return isSame(was, is) ? undefined : { key, was, is };
}

function isSame(was: unknown, is: unknown): boolean {
  if (Array.isArray(was) && Array.isArray(is)) {
    return was.length === is.length && was.every((one, i) => !difference(one, is[i]));
  }
  return Object.is(was, is);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
