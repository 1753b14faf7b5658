import { lstat, readdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isInside } from "../../data/files/isInside.ts";
import { UserError } from "../../errors/userError.ts";
import type { Places } from "../commands.ts";
import { readRun } from "./readRun.ts";
import { deepest, isLookedInto } from "./scan.ts";

/** Words of a run's name: they begin with a letter or a digit, so that none is hidden, an option or `..`. */
const word = /^[\p{L}\p{N}][\p{L}\p{N} ._+=@-]*$/u;
const longestName = 120;
/** Names that Windows cuts, or keeps for devices. */
const oddWord = /[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Folders in a name, at most: a comparison has its runs two deeper. */
const mostWords = deepest - 2;

/** Places for new runs in the folder `root`, a path without links, and for data in the folders `data`; paths begin at `from`. */
export function placesOf(root: string, data: readonly string[], from: string): Places {
  return {
    async newRun(name, again = false) {
      const words = name.split("/");
      if (name.length > longestName || !words.every((each) => word.test(each))) {
        throw new UserError(
          `${JSON.stringify(name.slice(0, longestName))} cannot be the name of a run: letters, digits, spaces and ._+=@- can, with / between folders`,
        );
      }
      if (words.some((each) => oddWord.test(each))) {
        throw new UserError(
          `${JSON.stringify(name)} cannot be the name of a run: Windows cuts dots and spaces at the end, and keeps names such as nul`,
        );
      }
      if (words.length > mostWords || !words.every(isLookedInto)) {
        throw new UserError(
          `${name} lies where the studio looks for no runs: in node_modules, or in more than ${mostWords} folders`,
        );
      }
      const path = join(root, ...words);
      const above = words.map((_, i) => words.slice(0, i + 1).join("/"));
      const inner = await readdir(path).catch(() => []);
      for (const place of [...above, ...inner.map((each) => `${name}/${each}`)]) {
        const found = await lstat(join(root, place)).catch(() => undefined);
        if (!found?.isSymbolicLink()) continue;
        // Also one that leads nowhere yet, or into the folder: no run is looked for behind it.
        throw new UserError(
          `${place} is a link, which may lead out of the folder`,
          "not-permitted",
        );
      }
      if (!again && (await exists(path))) {
        throw new UserError(`${name} exists already; name another run`, "already-exists");
      }
      for (const place of [".", ...above]) {
        if ((await readRun(root, place)) === undefined) continue;
        const outer = place === "." ? "the studio's folder" : place;
        throw new UserError(
          `${outer} is a run itself, and inside a run the studio looks for no other`,
        );
      }
      return path;
    },
    async input(path) {
      const real = await realpath(resolve(from, path)).catch(() => {
        throw new UserError(`${path} does not exist`, "not-found");
      });
      for (const place of data) {
        const start = await realpath(place).catch(() => undefined);
        if (start !== undefined && (real === start || isInside(real, start))) return path;
      }
      throw new UserError(
        `${path} lies outside of the folders that the studio may read: ${data.join(", ")}`,
        "not-permitted",
      );
    },
  };
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
