import { createStore, delMany, get, keys, type UseStore, update } from "idb-keyval";

/** Values by name, in the browser's own database or in memory. */
export interface Files {
  /** Whether they outlive the page. */
  readonly isKept: boolean;
  names(): Promise<readonly string[]>;
  get<T>(name: string): Promise<T | undefined>;
  /** Replaces a value by what is made of it, with nothing between. */
  update<T>(name: string, change: (before: T | undefined) => T): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
}

/** Opens a database of the browser; values in memory where the browser keeps none, as in some private windows. */
export async function openFiles(database: string): Promise<Files> {
  try {
    const store = createStore(database, "files");
    await keys(store);
    return inDatabase(store);
  } catch {
    return inMemory();
  }
}

const inDatabase = (store: UseStore): Files => ({
  isKept: true,
  names: () => keys<string>(store),
  get: (name) => get(name, store),
  update: (name, change) => update(name, change, store),
  remove: (names) => delMany([...names], store),
});

export function inMemory(): Files {
  const values = new Map<string, unknown>();
  return {
    isKept: false,
    names: async () => [...values.keys()],
    get: async <T>(name: string) => values.get(name) as T | undefined, // what was written under this name
    async update<T>(name: string, change: (before: T | undefined) => T) {
      values.set(name, change(values.get(name) as T | undefined)); // likewise
    },
    async remove(names) {
      for (const name of names) values.delete(name);
    },
  };
}
