import { listRuns, type RunSummary } from "../../train/run/listRuns.ts";
import { isPaceKey } from "../../train/steps/pace.ts";
import { defineCommand, type Io } from "../parser/command.ts";

/** `ondelette runs`: the runs in a folder, with kind, size, steps and score. */
export const command = defineCommand({
  about:
    "Lists every run in a folder and its sub-folders. A stopped run has not reached the end of its plan; a failed one was killed, or ended with an error.",
  positionals: { folder: "folder to look in" },
  options: {},
  examples: ["ondelette runs runs"],
  async run({ folder }, io) {
    const runs = await listRuns(folder);
    if (runs.length === 0) io.print(`no runs in ${folder}`);
    else printTable(runs, io);
    return { runs: JSON.parse(JSON.stringify(runs)) };
  },
});

function printTable(runs: readonly RunSummary[], io: Io): void {
  const rows = [
    ["run", "kind", "parameters", "steps", "seconds", "state", "training", "validation"],
    ...runs.map((run) => [
      run.folder,
      run.kind,
      run.parameters === undefined ? "" : `${run.parameters}`,
      `${run.step}`,
      run.seconds.toFixed(run.seconds < 10 ? 1 : 0),
      run.state,
      scores(run.metrics),
      scores(run.validation),
    ]),
  ];
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  for (const row of rows) {
    io.print(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    );
  }
}

/** Numbers that the optimizer needs rather than a person. */
const technical = new Set(["gradientNorm", "rate", "correct", "loss"]);

/** The numbers that a person compares runs by; the loss, where there is no other. */
function scores(values: RunSummary["metrics"]): string {
  const shown = Object.entries(values).filter(([key]) => !technical.has(key) && !isPaceKey(key));
  const entries =
    shown.length > 0 ? shown : Object.entries(values).filter(([key]) => key === "loss");
  return entries.map(([key, value]) => `${key} ${Number(value.toPrecision(5))}`).join(", ");
}
