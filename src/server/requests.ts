import type { CurvesRequest, FormValues, ResumeRequest, StartRequest } from "./api.ts";
import { RefusedError } from "./refusal.ts";

// What requests say, checked. Runs are looked up by name among those that were found, and values by the tables of options.

type Body = Readonly<Record<string, unknown>>;

/** The most runs whose curves are asked for at once. */
const mostRuns = 5000;

/** A run's name. */
export function readRunName(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new RefusedError(400, "the request must name a run");
}

export function readCurvesRequest({ runs, metric }: Body): CurvesRequest {
  if (!Array.isArray(runs) || runs.length > mostRuns) {
    throw new RefusedError(400, `the request must list at most ${mostRuns} runs`);
  }
  if (typeof metric !== "string" || !/^\w{1,100}$/.test(metric)) {
    throw new RefusedError(400, "the request must name a metric");
  }
  return { runs: runs.map(readRunName), metric };
}

export function readStart({ command, values }: Body): StartRequest {
  if (typeof command !== "string") throw new RefusedError(400, "the request must name a command");
  return { command, values: readValues(values) };
}

export const readResume = ({ run, values }: Body): ResumeRequest => ({
  run: readRunName(run),
  values: readValues(values),
});

/** Values of a form; each is checked again by the option that it is for. */
function readValues(values: unknown): FormValues {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new RefusedError(400, "the request must have values");
  }
  return values as FormValues;
}
