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
  /** A line of the answer, on standard output; silent under `--json`. */
  print(line: string): void;
  /** A line about the work, on standard error. */
  log(line: string): void;
  /** A live bar on a terminal, an occasional line elsewhere; on standard error. */
  progress(options: ProgressOptions): Progress;
  /**
   * Aborted by Ctrl-C (and by a termination request): finish the step, save, return.
   * Signals are delivered by the event loop, so a long loop must let it turn
   * (`await setImmediate()` of `node:timers/promises`) from time to time.
   */
  readonly signal: AbortSignal;
}

/** One command: what it takes, how to show it, what it does. */
export interface Command<O extends Options = Options, P extends Positionals = Positionals> {
  /** A few sentences under the usage line, where the one-line summary does not say it all. */
  readonly about?: string;
  readonly positionals?: P;
  readonly options: O;
  /** Complete command lines, shown by `--help`. */
  readonly examples: readonly [string, ...string[]];
  /**
   * Does the work. Prints for people through `io`, returns the same for machines.
   * A person's mistake is thrown as `UserError`.
   */
  // Method syntax on purpose: it lets a command with its own precise `args` stand in the table of all
  // commands. The parser guarantees that it is only ever called with what its own table describes.
  run(args: Args<O, P>, io: Io): Promise<Result>;
}

/**
 * Declares a command; `args` in `run` is typed by the table of options:
 *
 * ```ts
 * export const command = defineCommand({
 *   positionals: { image: "picture to encode" },
 *   options: {
 *     output: { type: "string", short: "o", placeholder: "FILE", required: true, help: "file to write" },
 *     color: { type: "choice", choices: ["gray", "ycbcr"], default: "gray", help: "planes to keep" },
 *   },
 *   examples: ["ondelette image encode photo.png -o photo.ond"],
 *   async run({ image, output, color }, io) {
 *     io.print(`wrote ${output}`);
 *     return { file: output };
 *   },
 * });
 * ```
 */
export function defineCommand<
  const O extends Options,
  // biome-ignore lint/complexity/noBannedTypes: `{}` is exactly "no positionals", and keeps `args` precise.
  const P extends Positionals = {},
>(command: Command<O, P>): Command<O, P> {
  return command;
}
