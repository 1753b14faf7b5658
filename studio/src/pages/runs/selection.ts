import type { Run } from "../../../../src/server/api.ts";

/** The runs that are drawn: by name, all there are and will be, or the usual ones. */
export type Selection = readonly string[] | "all" | "usual";

/** More characters would make an address that nobody can send. */
const longest = 3500;
// No list of names begins with a comma.
const [all, none] = [",all", ",none"] as const;

/** A selection from an address, where names have commas between them. */
export function readSelection(text: string): Selection {
  if (text === "") return "usual";
  if (text === all) return "all";
  return text === none ? [] : text.split(",").map(decoded);
}

/** A selection for an address; one that is too long for it is not kept there. */
export function writeSelection(selection: Selection): string {
  if (selection === "usual") return "";
  if (selection === "all") return all;
  const text = selection.map(encodeURIComponent).join(",");
  return text === "" ? none : text.length > longest ? "" : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** So many runs are drawn where nobody has chosen any, and at most so many of those that are trained. */
const usualCount = 5;
const mostRunning = 12;

/** The names that a selection stands for, of runs that there are. */
export function selected(selection: Selection, runs: ReadonlyMap<string, Run>): string[] {
  if (selection === "all") return [...runs.keys()];
  if (selection !== "usual") return selection.filter((name) => runs.has(name));
  // Those that are trained, and the newest others.
  const recent = [...runs.values()].toSorted((a, b) => b.changed - a.changed);
  const running = recent.filter(({ state }) => state === "running").slice(0, mostRunning);
  const others = recent.filter(({ state }) => state !== "running");
  const rest = others.slice(0, Math.max(0, usualCount - running.length));
  return [...running, ...rest].map(({ name }) => name);
}
