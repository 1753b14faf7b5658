import { printable } from "../errors/printable.ts";
import { UserError } from "../errors/userError.ts";
import { alone, type Communicator } from "../mpi/communicator.ts";
import type { Advice, CommandTable, Io, ProcessInfo } from "./parser/command.ts";
import { commandHelp, tableHelp } from "./parser/help.ts";
import { nearest } from "./parser/nearest.ts";
import { parseWords } from "./parser/parse.ts";
import { sentenceOf } from "./terminal/advice.ts";
import { createMessages, type MessageStream, type Messages } from "./terminal/progress.ts";
import { explainSystemError } from "./terminal/systemError.ts";
import { packageVersion } from "./version.ts";

/** How the process ends: the command is done, failed by a bug or by a mistake of the user, or was stopped early. */
export const exitCodes = { done: 0, bug: 1, mistake: 2, interrupted: 130 } as const;

/** What the command line needs of the process around it. */
export interface Host {
  readonly table: CommandTable;
  /** Headings of `--help`, by the first word of commands. */
  readonly topics: Readonly<Record<string, string>>;
  /** Writes to standard output. */
  write(text: string): void;
  /** Characters of a line of standard output. */
  readonly columns: number;
  /** Standard error. */
  readonly messages: MessageStream;
  /** Aborted when the work should stop, such as by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The processes that were started together; this one alone by default. */
  readonly ranks?: Communicator;
  /** See {@link ProcessInfo}. */
  readonly process: Omit<ProcessInfo, "words" | "merging">;
}

/**
 * Runs one command line (without the program's name) and returns the exit code.
 *
 * @example
 * process.exitCode = await runCommandLine(["image", "stats", "--data", "photos"], host);
 */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<number> {
  const { tell } = host.process;
  const messages = tell ? messagesTo(tell) : createMessages(host.messages);
  let advice: Advice | undefined;
  try {
    const task = await taskOf(argv, host);
    if (typeof task === "string") host.write(`${task}\n`);
    else {
      advice = task.advice;
      await task.run(messages);
    }
    return host.signal.aborted ? exitCodes.interrupted : exitCodes.done;
  } catch (error) {
    messages.close();
    if (host.signal.aborted && isAbort(error, host.signal)) return exitCodes.interrupted;
    const sentence =
      error instanceof UserError ? sentenceOf(error, advice) : explainSystemError(error);
    if (sentence !== undefined) {
      messages.log(`ondelette: ${rankOf(host)}${sentence}`);
      return exitCodes.mistake;
    }
    messages.log(
      `ondelette: ${rankOf(host)}this is a bug in ondelette; please report it with these lines:`,
    );
    messages.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.bug;
  } finally {
    messages.close();
  }
}

/** Which of several processes a message is of, where it is not the first, which speaks for all. */
const rankOf = ({ ranks = alone }: Host): string => (ranks.rank > 0 ? `rank ${ranks.rank}: ` : "");

/** Tells lines to the process that started this one, which shows a bar for all processes itself. */
function messagesTo(tell: NonNullable<ProcessInfo["tell"]>): Messages {
  const bar = { update() {}, finish() {} };
  return { log: (line) => tell({ line }), progress: () => bar, close() {} };
}

/** A command to run. */
interface Task {
  readonly advice: Advice | undefined;
  run(io: Pick<Io, "log" | "progress">): Promise<void>;
}

/** What a command line asks for: text to print, or a command to run. */
async function taskOf(argv: readonly string[], host: Host): Promise<string | Task> {
  if (argv[0] === "help") return taskOf([...argv.slice(1), "--help"], host);
  const words = leadingWords(argv);
  const flag = argv[words.length] ?? "";
  if (words.length === 0 && ["--version", "-V"].includes(flag)) {
    return `ondelette ${await packageVersion()}`;
  }
  const name = [words.slice(0, 2).join(" "), words[0] ?? ""].find((key) =>
    Object.hasOwn(host.table, key),
  );
  const entry = name === undefined ? undefined : host.table[name];
  if (name === undefined || entry === undefined) return helpWithoutCommand(words, flag, host);

  const command = await entry.load();
  return {
    advice: command.advice,
    async run({ log, progress }) {
      const parsed = await parseWords(command, argv.slice(name.split(" ").length));
      if (parsed.help) {
        host.write(`${commandHelp(name, entry.summary, command, host.columns)}\n`);
        return;
      }
      for (const notice of parsed.notices) log(notice);
      const { signal, ranks = alone } = host;
      if (ranks.size > 1 && !command.parallel) {
        throw new UserError(`“${name}” works in one process; start it without mpiexec`);
      }
      const print = parsed.json ? () => {} : (line: string) => host.write(`${printable(line)}\n`);
      const result = await command.run(parsed.args, {
        ...{ print, log, progress, signal, ranks },
        process: { ...host.process, words: argv },
      });
      if (parsed.json) host.write(`${JSON.stringify(result)}\n`);
    },
  };
}

/** The words before the first flag: a command's name comes first. */
function leadingWords(argv: readonly string[]): readonly string[] {
  const flag = argv.findIndex((word) => word.startsWith("-"));
  return flag < 0 ? argv : argv.slice(0, flag);
}

/** No command is named: the help, if that is what is asked for; otherwise throws UserError with the nearest command. */
function helpWithoutCommand(words: readonly string[], flag: string, host: Host): string {
  const names = Object.keys(host.table);
  const [first = ""] = words;
  const isGroup = names.some((name) => name.startsWith(`${first} `));
  if (words.length === 0 || (words.length === 1 && isGroup)) {
    if (!["", "--help", "-h"].includes(flag)) {
      throw new UserError(`name a command before ${flag}; see ondelette --help`);
    }
    return tableHelp(host, host.columns, first);
  }
  const typed = words.slice(0, isGroup ? 2 : 1).join(" ");
  const guess = nearest(words.slice(0, 2).join(" "), names) ?? nearest(typed, names);
  const hint = guess === undefined ? "see ondelette --help" : `did you mean “${guess}”?`;
  throw new UserError(`there is no command “${typed}”; ${hint}`);
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}
