import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { openPython } from "../../scripts/openPython.ts";
import { median } from "../measure.ts";
import { type Cell, cells, groupOf, nameOf } from "./cells.ts";

/** What a cell took, in milliseconds of processor time of a call: one number a turn. */
interface Times {
  readonly cell: Cell;
  readonly ours: number[];
  readonly theirs: number[];
  readonly before: number[];
}

const usage = `usage: npm run bench -- wavelets --all [--only KIND,…] [--cells REGEX] [--against DIR] [--into]
                                          [--one-thread] [--keep-memory] [--python PYTHON] [--turns N] [--ms N]
  --only     kinds or groups of cells, such as swt or "swt f4"; all by default
  --cells    a regular expression for the names of cells, such as "haar .1000"; all by default
  --against  another checkout of ondelette, measured in the same turns
  --turns    turns of a cell, 5 by default; cells between 0.8 and 1.1 take as many again, twice
  --into     functions with the option \`out\` overwrite an earlier result
  --keep-memory  the C library of both sides keeps what is freed instead of giving it back to the system
  --one-thread  garbage is collected on the thread of the library, as PyWavelets has no other
  --ms       processor milliseconds of a turn, 20 by default`;

/** What makes glibc keep freed memory, in bytes. */
const keptMemory = {
  MALLOC_MMAP_THRESHOLD_: "4000000000",
  MALLOC_TRIM_THRESHOLD_: "8000000000",
} as const;

/**
 * The whole grid against PyWavelets: each side is a process of its own, the sides take turns, and the figure is the median over
 * turns of the processor time of a call. Prints a table by groups and, last, the cells that are slower than PyWavelets.
 */
export async function sweep(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      all: { type: "boolean" },
      only: { type: "string" },
      cells: { type: "string", default: "" },
      against: { type: "string" },
      python: { type: "string", default: "/usr/bin/python3" },
      into: { type: "boolean", default: false },
      "keep-memory": { type: "boolean", default: false },
      "one-thread": { type: "boolean", default: false },
      turns: { type: "string", default: "5" },
      ms: { type: "string", default: "20" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(usage);
  const only = values.only?.split(",");
  const name = new RegExp(values.cells);
  const chosen = cells.filter(
    (cell) =>
      (!only || only.includes(cell.kind) || only.includes(groupOf(cell))) &&
      name.test(nameOf(cell)),
  );
  if (chosen.length === 0)
    throw new RangeError(`no cells are named ${values.only ?? ""} ${values.cells}\n${usage}`);
  const [turns, ms] = [Number(values.turns), Number(values.ms)];
  const worker = new URL("./worker.ts", import.meta.url);
  const memory = values["keep-memory"] ? keptMemory : {};
  const libraryOf = (folder: string) =>
    openPython(process.execPath, worker, {
      words: values["one-thread"] ? ["--single-threaded-gc"] : [],
      environment: {
        ...memory,
        LIBRARY: pathToFileURL(resolve(folder, "src/wavelets/index.ts")).href,
      },
    });
  const theirs = await openPython(values.python, new URL("./pywavelets.py", import.meta.url), {
    environment: { ...memory, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  const ours = await libraryOf(new URL("../..", import.meta.url).pathname);
  const before = values.against === undefined ? undefined : await libraryOf(values.against);
  try {
    console.log(
      `${chosen.length} cells against PyWavelets ${theirs.greeting.version}; ms of processor time, median of ${turns} turns of ${ms} ms`,
    );
    const take = async (times: Times, count: number) => {
      for (let turn = 0; turn < count; turn++) {
        const question = { cell: times.cell, ms, into: values.into };
        const answers = {
          theirs: await theirs.ask(question),
          ours: await ours.ask(question),
          before: await before?.ask(question),
        };
        for (const side of ["theirs", "ours", "before"] as const) {
          const answer = answers[side]?.ms;
          if (typeof answer === "number") times[side].push(answer);
        }
      }
    };
    const all: Times[] = [];
    let group = "";
    for (const cell of chosen) {
      if (group !== groupOf(cell))
        process.stderr.write(`${group === "" ? "" : "\n"}${groupOf(cell)} `);
      group = groupOf(cell);
      const times: Times = { cell, ours: [], theirs: [], before: [] };
      await take(times, 1);
      // Calls that are longer than a turn make fewer turns.
      const own = median(times.ours) > 10 * ms ? Math.min(3, turns) : turns;
      await take(times, own - 1);
      for (let again = 0; again < 2 && ratioOf(times) > 0.8 && ratioOf(times) < 1.1; again++)
        await take(times, own);
      process.stderr.write(ratioOf(times) < 1 ? "-" : "+");
      all.push(times);
    }
    process.stderr.write("\n");
    report(all, before !== undefined);
  } finally {
    for (const side of [theirs, ours, before]) await side?.[Symbol.asyncDispose]();
  }
}

const ratioOf = ({ ours, theirs }: Times): number => median(theirs) / median(ours);
const beforeOf = ({ before, theirs }: Times): number => median(theirs) / median(before);

/** Cells below 1, the least, the median and the most of some ratios. */
function summary(ratios: readonly number[]): string {
  const figures = [Math.min(...ratios), median(ratios), Math.max(...ratios)];
  return [ratios.filter((ratio) => ratio < 1).length, ...figures.map((x) => x.toFixed(2))].join(
    " | ",
  );
}

function report(all: readonly Times[], withBefore: boolean): void {
  const paired = all.filter(({ theirs }) => theirs.length > 0);
  const title = ["below 1", "least", "median", "most"];
  const before = withBefore ? title.map((word) => `${word}, before`) : [];
  const heads = ["group", "cells", ...title, ...before];
  console.log(`\n| ${heads.join(" | ")} |\n|${heads.map(() => "---").join("|")}|`);
  const row = (name: string, some: readonly Times[]) => {
    const columns = [name, some.length, summary(some.map(ratioOf))];
    if (withBefore) columns.push(summary(some.map(beforeOf)));
    console.log(`| ${columns.join(" | ")} |`);
  };
  for (const [name, some] of Map.groupBy(paired, ({ cell }) => groupOf(cell))) row(name, some);
  if (paired.length > 0) row("**all**", paired);

  const alone = all.filter(({ theirs }) => theirs.length === 0);
  if (alone.length > 0) console.log("\nWithout a twin in PyWavelets:");
  for (const { cell, ours, before: old } of alone)
    console.log(
      `${nameOf(cell)}: ${figure(ours)} ms${withBefore ? `, before ${figure(old)} ms, ${(median(old) / median(ours)).toFixed(2)} times` : ""}`,
    );

  const slower = paired.filter((times) => ratioOf(times) < 1);
  console.log(`\n${slower.length} of ${paired.length} cells below 1:`);
  if (slower.length === 0) return;
  const columns = ["ratio", "cell", "ms", "ms PyWavelets", ...(withBefore ? ["ratio before"] : [])];
  console.log(`| ${columns.join(" | ")} |\n|${columns.map(() => "---").join("|")}|`);
  for (const times of slower.toSorted((a, b) => ratioOf(a) - ratioOf(b))) {
    const own = [ratioOf(times).toFixed(2), nameOf(times.cell)];
    const figures = [figure(times.ours), figure(times.theirs)];
    const old = withBefore ? [beforeOf(times).toFixed(2)] : [];
    console.log(`| ${[...own, ...figures, ...old].join(" | ")} |`);
  }
}

const figure = (times: readonly number[]): string => median(times).toPrecision(4);
