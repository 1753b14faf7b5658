/** Reads a value of unknown JSON; throws CheckError where it is not of the form. */
export type Check<T> = (value: unknown, at: string) => T;

/** A value that is not what it should be. */
export class CheckError extends Error {
  override readonly name = "CheckError";
}

/** What a check reads. */
export type Checked<C> = C extends Check<infer T> ? T : never;

const shown = (value: unknown): string =>
  value === undefined ? "missing" : JSON.stringify(value).slice(0, 80);

const refuse = (at: string, wanted: string, value: unknown): never => {
  throw new CheckError(`${at || "the whole"} must be ${wanted}, and is ${shown(value)}`);
};

/** Any text. */
export const text: Check<string> = (value, at) =>
  typeof value === "string" ? value : refuse(at, "a text", value);

/** Anything at all. */
export const anything: Check<unknown> = (value) => value;

export interface NumberCheck {
  readonly min?: number;
  readonly max?: number;
  /** Whether `min` itself is too small. */
  readonly above?: boolean;
}

const within = (value: number, { min = -Infinity, max = Infinity, above = false }: NumberCheck) =>
  (above ? value > min : value >= min) && value <= max;

const range = ({ min, max, above }: NumberCheck): string =>
  [
    min === undefined ? "" : ` ${above ? "above" : "of at least"} ${min}`,
    max === undefined ? "" : ` ${min === undefined ? "of" : "and"} at most ${max}`,
  ].join("");

/** A finite number. */
export const number =
  (limits: NumberCheck = {}): Check<number> =>
  (value, at) =>
    typeof value === "number" && Number.isFinite(value) && within(value, limits)
      ? value
      : refuse(at, `a number${range(limits)}`, value);

/** A whole number. */
export const integer =
  (limits: NumberCheck = {}): Check<number> =>
  (value, at) =>
    typeof value === "number" && Number.isSafeInteger(value) && within(value, limits)
      ? value
      : refuse(at, `a whole number${range(limits)}`, value);

/** One of some texts or numbers. */
export const oneOf =
  <const T extends string | number | boolean>(choices: readonly T[]): Check<T> =>
  (value, at) =>
    choices.find((choice) => choice === value) ??
    refuse(at, `one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`, value);

/** A list of values of one form. */
export const list =
  <T>(item: Check<T>): Check<readonly T[]> =>
  (value, at) =>
    Array.isArray(value)
      ? value.map((each, i) => item(each, `${at}[${i}]`))
      : refuse(at, "a list", value);

/** A key that may be missing. */
export interface Optional<T> {
  readonly optional: Check<T>;
}

export const optional = <T>(check: Check<T>): Optional<T> => ({ optional: check });

/** Checks by key; a key may be optional. */
export type Fields = Readonly<Record<string, Check<unknown> | Optional<unknown>>>;

/** The object that some fields describe. */
export type ObjectOf<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Check<unknown> ? K : never]: Checked<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends Check<unknown> ? never : K]?: F[K] extends Optional<
    infer T
  >
    ? T
    : never;
};

/** An object of exactly these keys. */
export const object =
  <F extends Fields>(fields: F): Check<ObjectOf<F>> =>
  (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return refuse(at, "an object", value);
    }
    const path = (key: string) => (at === "" ? key : `${at}.${key}`);
    const given = value as Readonly<Record<string, unknown>>;
    const stray = Object.keys(given).find((key) => !(key in fields));
    if (stray !== undefined) {
      throw new CheckError(
        `${path(stray)} is unknown; known are ${Object.keys(fields).join(", ")}`,
      );
    }
    const read: Record<string, unknown> = {};
    for (const [key, check] of Object.entries(fields)) {
      if (typeof check === "function") read[key] = check(given[key], path(key));
      else if (given[key] !== undefined) read[key] = check.optional(given[key], path(key));
    }
    return read as ObjectOf<F>; // every field was read above
  };

/**
 * Options of the form of some defaults: the same keys, nested alike, numbers positive where the default is, and at most a
 * thousand times as large. What is left out is refused; see {@link changed} for options that change some defaults.
 */
export function like<T>(defaults: T): Check<T> {
  return ((value: unknown, at: string) => {
    if (typeof defaults === "number") {
      const max = 1000 * Math.max(1, defaults);
      const limits = defaults > 0 ? { min: 0, above: true, max } : { min: 0, max };
      return Number.isInteger(defaults) ? integer(limits)(value, at) : number(limits)(value, at);
    }
    if (typeof defaults === "object" && defaults !== null && !Array.isArray(defaults)) {
      const fields = Object.entries(defaults).map(([key, usual]) => [key, like(usual)] as const);
      return object(Object.fromEntries(fields))(value, at);
    }
    return typeof value === typeof defaults
      ? value
      : refuse(at, `something like ${JSON.stringify(defaults)}`, value);
  }) as Check<T>;
}

/** Defaults with some changes, nested alike; the result is checked to be {@link like} the defaults. */
export function changed<T>(defaults: T, changes: unknown): T {
  const merge = (usual: unknown, change: unknown, at: string): unknown => {
    if (typeof usual !== "object" || usual === null) return change;
    if (typeof change !== "object" || change === null || Array.isArray(change)) {
      return refuse(at, "an object", change);
    }
    const merged: Record<string, unknown> = { ...usual };
    for (const [key, value] of Object.entries(change)) {
      const inner = at === "" ? key : `${at}.${key}`;
      merged[key] = key in usual ? merge(merged[key], value, inner) : value;
    }
    return merged;
  };
  return like(defaults)(merge(defaults, changes, ""), "");
}
