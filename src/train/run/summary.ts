import type { MetricRecord } from "../../data/files/metrics.ts";
import type { Values } from "../trainable.ts";
import { bareKey, isValidationKey } from "./validationKey.ts";

/** How a run is doing. */
export type RunState =
  /** A process trains it now. */
  | "running"
  /** Trained to the end of its plan. */
  | "finished"
  /** Stopped before the end of its plan, with everything saved. */
  | "stopped"
  /** No process trains it, and it does not say how it ended: it was killed, or ended with an error. */
  | "failed";

/** How far a run is, and its numbers. */
export interface Standing {
  readonly state: RunState;
  readonly step: number;
  readonly seconds: number;
  /** Learned parameters; unknown before its training ended or was stopped. */
  readonly parameters?: number;
  /** The last numbers of the training, its pace among them, and of its validation. */
  readonly metrics: Values;
  readonly validation: Values;
}

/** The last records of a run's metrics, as far as there are any. */
export interface LastRecords {
  readonly training?: MetricRecord | undefined;
  readonly validation?: MetricRecord | undefined;
}

/** What a run's files say about it: `result` is its `result.json`, where there is one. */
export function standingOf(
  result: unknown,
  { training, validation }: LastRecords,
  isRunning: boolean,
): Standing {
  const last = Math.max(training?.step ?? 0, validation?.step ?? 0);
  const ended = isResult(result) && result.step >= last ? result : undefined;
  if (ended) {
    const { step, seconds, interrupted, parameters, validation: scores = {} } = ended;
    const metrics = { ...ended.metrics, ...ended.pace };
    const state = isRunning ? "running" : interrupted ? "stopped" : "finished";
    return {
      ...{ state, step, seconds, metrics, validation: scores },
      ...(parameters !== undefined && { parameters }),
    };
  }
  const { parameters } = isResult(result) ? result : {};
  return {
    state: isRunning ? "running" : "failed",
    step: last,
    seconds: Math.max(Number(training?.seconds ?? 0), Number(validation?.seconds ?? 0)),
    metrics: numbersOf(training),
    validation: Object.fromEntries(
      Object.entries(numbersOf(validation)).flatMap(([key, value]) =>
        isValidationKey(key) ? [[bareKey(key), value]] : [],
      ),
    ),
    ...(parameters !== undefined && { parameters }),
  };
}

/** What is used of `result.json`. */
interface Result {
  readonly step: number;
  readonly seconds: number;
  readonly parameters?: number;
  readonly interrupted?: boolean;
  readonly metrics?: Values;
  readonly pace?: Values;
  readonly validation?: Values;
}

function isResult(value: unknown): value is Result {
  if (typeof value !== "object" || value === null) return false;
  const { step, seconds } = value as Partial<Record<keyof Result, unknown>>;
  return typeof step === "number" && typeof seconds === "number";
}

/** The numbers of a record that follow how far the training was: step, examples and seconds. */
function numbersOf(record: MetricRecord | undefined): Values {
  const entries = Object.entries(record ?? {});
  const first = entries.findIndex(([key]) => key === "seconds") + 1;
  return Object.fromEntries(
    entries.slice(first).filter((entry): entry is [string, number] => {
      return typeof entry[1] === "number" && entry[0] !== "step";
    }),
  );
}

/** Whether a record is of a validation. */
export const isValidation = (record: MetricRecord): boolean =>
  Object.keys(record).some(isValidationKey);
