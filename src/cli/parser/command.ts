import type { ErrorCode } from "../../errors/userError.ts";
import type { PartFile } from "../../jobs/partFile.ts";
import type { JobMessage } from "../../jobs/processes.ts";
import type { Communicator } from "../../mpi/communicator.ts";
import type { Progress, ProgressOptions } from "../terminal/progress.ts";
import type { Args, Options, Positionals } from "./options.ts";

/** Anything `JSON.stringify` writes faithfully; an `undefined` property is left out. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** What a command returns: the object `--json` prints. */
export type Result = { readonly [key: string]: Json | undefined };

/** How a command talks to the person who started it. */
export interface Io {
  /** Prints a line of the result on standard output; silent under `--json`. */
  print(line: string): void;
  /** Prints a line about the work on standard error. */
  log(line: string): void;
  /** Shows a live bar on a terminal, an occasional line elsewhere; on standard error. */
  progress(options: ProgressOptions): Progress;
  /**
   * Aborted when the command should stop: Ctrl-C, a termination request, a terminal that was closed, or a reader of
   * standard error that went away. Finish the step, save, return. Signals are delivered by the event loop, so a long loop
   * must let it turn (`await setImmediate()` of `node:timers/promises`) from time to time.
   */
  readonly signal: AbortSignal;
  /** The processes that were started together; this one alone, unless `mpiexec` or its like started several. */
  readonly ranks: Communicator;
  readonly process: ProcessInfo;
}

/** What a command that shares out its work needs to know of its process. */
export interface ProcessInfo {
  /** The command line, without the program's name. */
  readonly words: readonly string[];
  /** The words that start this program: the path of Node, that of the command line, and options between them. */
  readonly program: readonly [string, ...string[]];
  /** Speaks to the process that started this one to compute a share; a person started this one where it is missing. */
  readonly tell?: (message: JobMessage) => void;
  /** The shares that `ondelette merge` was given. */
  readonly merging?: readonly PartFile[];
}

/** What a person can do about a `UserError`, by its code; appended to its sentence. */
export type Advice = Readonly<Partial<Record<ErrorCode, string>>>;

/** One command: what it takes, how to show it, what it does. */
export interface Command<O extends Options = Options, P extends Positionals = Positionals> {
  /** A few sentences under the usage line, where the one-line summary is not enough. */
  readonly about?: string;
  readonly positionals?: P;
  readonly options: O;
  /** Complete command lines, shown by `--help`. */
  readonly examples: readonly [string, ...string[]];
  /** Advice for errors of this command, in terms of its options; goes before the general advice. */
  readonly advice?: Advice;
  /** Whether it may be started as several processes by `mpiexec`, and shares its work among them; it may not by default. */
  readonly parallel?: boolean;
  /**
   * Does the work. Prints for people through `io`, returns the same for machines.
   * A person's mistake is thrown as `UserError`.
   */
  // Method syntax on purpose: it lets a command with its own precise `args` stand in the table of all
  // commands. The parser guarantees that it is only ever called with what its own table describes.
  run(args: Args<O, P>, io: Io): Promise<Result>;
}

/**
 * Declares a command; `args` in `run` is typed by the table of options.
 *
 * @example
 * export const command = defineCommand({
 *   positionals: { image: "picture to encode" },
 *   options: {
 *     out: outputOption("compressed file to write"),
 *     color: { type: "choice", choices: ["gray", "ycbcr"], default: "gray", help: "channels to keep" },
 *   },
 *   examples: ["ondelette image encode photo.png -o photo.ondl"],
 *   advice: { "sizes-differ": "--size SIDE brings all images to one size" },
 *   async run({ image, out, color }, io) {
 *     io.print(`wrote ${out}`);
 *     return { file: out };
 *   },
 * });
 */
export function defineCommand<
  const O extends Options,
  // biome-ignore lint/complexity/noBannedTypes: `{}` is exactly "no positionals", and keeps `args` precise.
  const P extends Positionals = {},
>(command: Command<O, P>): Command<O, P> {
  return command;
}

/** One row of the table of commands: the line `ondelette --help` shows, and where the command lives. */
export interface CommandEntry {
  readonly summary: string;
  /** Loads the command only when it is called, so that `--help` is instant and loads no engine. */
  readonly load: () => Promise<Command>;
}

/** Every command by the words that call it, in the order `--help` shows them. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;
