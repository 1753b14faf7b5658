import type { RunContent, RunStore } from "ondelette/train";
import { type Files, openFiles } from "./files.ts";

/**
 * The runs of a page, in the browser's own database, where they outlive the page: each file is replaced whole or not at all. Works
 * in pages and workers. Where a browser keeps nothing (a private window), a training still runs, and is gone with the page.
 */
export interface BrowserRuns {
  /** The files of a run, which need not exist yet. */
  open(name: string): RunStore;
  /** The files of a run by name, for a download. */
  files(name: string): Promise<Readonly<Record<string, Uint8Array<ArrayBuffer>>>>;
  remove(name: string): Promise<void>;
  /** Whether what is written outlives the page. */
  isKept(): Promise<boolean>;
  /** Removes all but the runs that were written to last. */
  keepNewest(count: number): Promise<void>;
}

/** When a run was last written to; beside its files. */
const touched = "touched";

/** The runs of one page of the studio: `browserRuns("sequence")`. */
export function browserRuns(page: string): BrowserRuns {
  // Opened when they are first used: a worker that only computes needs no database.
  let opened: Promise<Files> | undefined;
  const files = (): Promise<Files> => {
    opened ??= openFiles(`ondelette-${page}`);
    return opened;
  };
  const namesOf = async (run: string) =>
    (await (await files()).names()).filter((key) => key.startsWith(`${run}/`));
  const remove = async (run: string) => (await files()).remove(await namesOf(run));
  return {
    remove,
    isKept: async () => (await files()).isKept,
    open: (run) => ({
      name: run,
      path: (file) => `${run}/${file}`,
      read: async (file) => (await files()).get<Uint8Array>(`${run}/${file}`),
      async write(file, content) {
        const to = await files();
        await to.update(`${run}/${file}`, () => bytesOf(content));
        await to.update(`${run}/${touched}`, () => Date.now());
      },
      append: async (file, text) =>
        (await files()).update<Uint8Array>(`${run}/${file}`, (before) =>
          bytesOf([before ?? new Uint8Array(), bytesOf(text)]),
        ),
    }),
    async files(run) {
      const from = await files();
      const names = (await namesOf(run)).filter((key) => !key.endsWith(`/${touched}`));
      const contents = names.map(
        async (key) =>
          [
            key.slice(run.length + 1),
            (await from.get<Uint8Array<ArrayBuffer>>(key)) ?? new Uint8Array(),
          ] as const,
      );
      return Object.fromEntries(await Promise.all(contents));
    },
    async keepNewest(count) {
      const from = await files();
      const all = (await from.names()).filter((key) => key.endsWith(`/${touched}`));
      const dated = await Promise.all(
        all.map(async (key) => ({
          run: key.slice(0, -touched.length - 1),
          at: (await from.get<number>(key)) ?? 0,
        })),
      );
      const old = dated.sort((a, b) => b.at - a.at).slice(count);
      for (const { run } of old) await remove(run);
    },
  };
}

/** The bytes of a content, in memory of their own. */
function bytesOf(content: RunContent): Uint8Array<ArrayBuffer> {
  if (typeof content === "string") return new TextEncoder().encode(content);
  const pieces = content instanceof Uint8Array ? [content] : content;
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
