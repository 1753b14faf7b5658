import type { Form, FormValues } from "./api.ts";

/** A command line for this very program, without the program's name. */
export interface CommandLine {
  /** The words that call the command: `image train`. */
  readonly command: string;
  /** All words, these included. */
  readonly words: readonly string[];
}

/** Where values of a form that name places may lead. Both throw UserError where one leads elsewhere. */
export interface Places {
  /** The folder of a new run, from its name; with `again` it may exist already. */
  readonly newRun: (name: string, again?: boolean) => Promise<string>;
  /** The path of something to read, checked. */
  readonly input: (path: string) => Promise<string>;
}

/** A run that is to be resumed. */
export interface ResumedRun {
  readonly folder: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What the server needs of the command line: the commands that make runs, a closed table, and how to call them. */
export interface Commands {
  readonly forms: readonly Form[];
  /** Checks every value; gives the name of the run besides. Throws UserError where a value does not fit. */
  start(
    command: string,
    values: FormValues,
    places: Places,
  ): Promise<CommandLine & { readonly run: string }>;
  /** Throws UserError where a value does not fit, the run's data lie elsewhere, or runs of that kind cannot be resumed. */
  resume(run: ResumedRun, values: FormValues, places: Places): Promise<CommandLine>;
  /** Writes a run as an ONNX file. */
  exportOnnx(folder: string, file: string): CommandLine;
}
