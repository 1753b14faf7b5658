import { useCallback, useMemo, useSyncExternalStore } from "preact/compat";

/** How one value of a page is written in the address and read from it; `undefined` where the text is no such value. */
export interface Field<T> {
  readonly initial: T;
  readonly read: (text: string) => T | undefined;
  readonly write: (value: T) => string;
}

/** A number within bounds. */
export const numberField = (initial: number, min: number, max: number): Field<number> => ({
  initial,
  read(text) {
    const value = Number(text);
    return text !== "" && value >= min && value <= max ? value : undefined;
  },
  write: (value) => `${Math.round(value * 1e6) / 1e6}`,
});

/** A whole number within bounds. */
export const integerField = (initial: number, min: number, max: number): Field<number> => {
  const field = numberField(initial, min, max);
  return {
    ...field,
    read(text) {
      const value = field.read(text);
      return Number.isInteger(value) ? value : undefined;
    },
  };
};

/** One of a closed set of names. */
export const choiceField = <const T extends string>(
  initial: T,
  choices: readonly T[],
): Field<T> => ({
  initial,
  read: (text) => choices.find((choice) => choice === text),
  write: (value) => value,
});

export const flagField = (initial: boolean): Field<boolean> => ({
  initial,
  read: (text) => (text === "yes" ? true : text === "no" ? false : undefined),
  write: (value) => (value ? "yes" : "no"),
});

export const textField = (initial: string, longest = 200): Field<string> => ({
  initial,
  read: (text) => (text.length <= longest ? text : undefined),
  write: (value) => value,
});

export type Fields = Readonly<Record<string, Field<never>>>;
type AnyFields<S> = { readonly [K in keyof S]: Field<S[K]> };

/** Page and settings in the text after `#`, such as `/wavelets?wavelet=db4`. */
export function parseAddress(hash: string): { readonly page: string; readonly query: string } {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  return { page: path, query };
}

/** Settings from an address; what is missing or wrong there has its initial value. */
export function readState<S extends object>(fields: AnyFields<S>, query: string): S {
  const texts = new URLSearchParams(query);
  const entries = Object.entries(fields as Record<string, Field<unknown>>).map(([name, field]) => {
    const text = texts.get(name);
    return [name, (text === null ? undefined : field.read(text)) ?? field.initial];
  });
  return Object.fromEntries(entries) as S; // one value a field
}

/** The settings that are not as at the start, for an address. */
export function writeState<S extends object>(fields: AnyFields<S>, state: S): string {
  const texts = new URLSearchParams();
  for (const [name, field] of Object.entries(fields as Record<string, Field<unknown>>)) {
    const value = (state as Record<string, unknown>)[name];
    if (value !== field.initial) texts.set(name, field.write(value));
  }
  return texts.toString();
}

function subscribe(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

/** The address's part after `#`, as it changes. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);

/**
 * The settings of a page, kept in the address: whoever opens a copied address sees the same. `fields` must be the same object at
 * every call.
 *
 * @example
 * ```tsx
 * const fields = { levels: integerField(3, 1, 8) };
 * const [{ levels }, set] = useAddress(fields);
 * set({ levels: 4 });
 * ```
 */
export function useAddress<S extends object>(
  fields: AnyFields<S>,
): readonly [S, (change: Partial<S>) => void] {
  const { page, query } = parseAddress(useHash());
  const state = useMemo(() => readState(fields, query), [fields, query]);
  const set = useCallback(
    (change: Partial<S>) => {
      const now = parseAddress(location.hash);
      if (now.page !== page) return; // the page was left
      const text = writeState(fields, { ...readState(fields, now.query), ...change });
      const hash = `#/${page}${text && `?${text}`}`;
      if (hash === location.hash) return;
      // No new entry in the history for every move of a slider.
      history.replaceState(null, "", hash);
      dispatchEvent(new HashChangeEvent("hashchange"));
    },
    [fields, page],
  );
  return [state, set];
}
