import type { Plan } from "../train/plan.ts";
import type { RunState } from "../train/run/summary.ts";
import type { Values } from "../train/trainable.ts";

// What the studio's server and its page say to each other, as JSON. Types alone: the page imports them from here.

/** A run in the table. */
export interface Run {
  /** Its path from the folder of the studio, with `/` between folders; `.` for that folder itself. */
  readonly name: string;
  /** `image`, `sequence` …; empty where its configuration is damaged. */
  readonly kind: string;
  /** The model's or the mixing's name. */
  readonly model?: string;
  /** Path of its data, as it was trained. */
  readonly data?: string;
  readonly state: RunState;
  readonly step: number;
  readonly seconds: number;
  readonly parameters?: number;
  readonly plan?: Plan;
  /** Part of the plan that is done, from 0 to 1. */
  readonly progress?: number;
  /** The last numbers of the training, and of its validation. */
  readonly metrics: Values;
  readonly validation: Values;
  /** When its configuration and when its metrics were last written: milliseconds since 1970. */
  readonly configured: number;
  readonly changed: number;
  /** Whether the studio can stop it. */
  readonly canStop: boolean;
  /** What is damaged, in a sentence. */
  readonly problem?: string;
}

/** A command that the studio started. */
export interface Job {
  /** The run that it trains, or the folder of a comparison. */
  readonly run: string;
  readonly command: string;
  readonly state: "running" | "stopping" | "finished" | "stopped" | "failed";
  /** The last line that it wrote. */
  readonly message: string;
  /** Characters that it wrote in all: a new number means a new log. */
  readonly written: number;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended?: number;
}

/** Everything about the folder, the first event of `/api/events`. */
export interface Everything {
  /** The folder's name. */
  readonly folder: string;
  readonly runs: readonly Run[];
  readonly jobs: readonly Job[];
  /** What could not be looked at, in a sentence. */
  readonly notice?: string;
}

/** Later events: what changed. */
export interface Change {
  readonly runs?: readonly Run[];
  /** Names of runs that are not there any more. */
  readonly gone?: readonly string[];
  readonly jobs?: readonly Job[];
}

/** A file of a run. */
export interface RunFile {
  /** Its path from the run's folder, with `/` between folders. */
  readonly path: string;
  readonly bytes: number;
  /** When it was last written: milliseconds since 1970. */
  readonly changed: number;
}

/** What is known of one run. */
export interface RunDetails {
  readonly config: unknown;
  readonly result: unknown;
  readonly files: readonly RunFile[];
}

/** A number over steps and seconds, thinned. */
export interface Series {
  readonly step: readonly number[];
  readonly seconds: readonly number[];
  /** The number itself, or the mean of what a point stands for. */
  readonly value: readonly number[];
  /** The least and the greatest of what a point stands for; absent where points stand for themselves. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/** One metric of a run in training and in validation. */
export interface Curve {
  readonly run: string;
  readonly training: Series;
  readonly validation: Series;
}

/** What curves are asked for. */
export interface CurvesRequest {
  readonly runs: readonly string[];
  /** The metric, as it is called in training: `loss`. */
  readonly metric: string;
}

/** An option of a command, as a field of a form. */
export interface FormField {
  readonly name: string;
  readonly type: "text" | "number" | "integer" | "switch" | "choice";
  /** A name for a new run, a path of something to read, or any text. */
  readonly role: "run" | "path" | "text";
  readonly help: string;
  /** The heading that it belongs under. */
  readonly group: string;
  readonly required: boolean;
  /** Whether it takes several values. */
  readonly several: boolean;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** What holds where it is left out. */
  readonly usual?: string;
}

/** A command that makes runs, as a form. */
export interface Form {
  /** The words that call it: `image train`. */
  readonly command: string;
  readonly summary: string;
  readonly about: string;
  readonly fields: readonly FormField[];
  /** The kind of run that the command resumes; none of a comparison, which goes on when it is started again. */
  readonly resumes?: string;
  /** Names of the fields that may be given when a run is resumed. */
  readonly resumeFields: readonly string[];
}

/** The forms, and where paths in them begin. */
export interface Forms {
  readonly forms: readonly Form[];
  /** The folder in which the studio was started; paths are relative to it. */
  readonly from: string;
  /** Folders that data may be read from. */
  readonly places: readonly string[];
}

/** Values of a form, by the names of its fields. */
export type FormValues = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

export interface StartRequest {
  readonly command: string;
  readonly values: FormValues;
}

export interface ResumeRequest {
  readonly run: string;
  readonly values: FormValues;
}

export interface StopRequest {
  readonly run: string;
}

/** What the log of a job says. */
export interface Log {
  readonly run: string;
  /** What it wrote; only the end of a long one. */
  readonly text: string;
}

/** What every refusal says. */
export interface Refusal {
  readonly error: string;
}
