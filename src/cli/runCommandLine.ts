import { UserError } from "../errors/userError.ts";
import type { CommandTable } from "./commands.ts";
import type { Io } from "./parser/command.ts";
import { commandHelp, tableHelp } from "./parser/help.ts";
import { nearest } from "./parser/nearest.ts";
import { parseWords } from "./parser/parse.ts";
import { createMessages, type MessageStream } from "./terminal/progress.ts";
import { explainSystemError } from "./terminal/systemError.ts";

/** How the process ends. */
export const exitCodes = { done: 0, bug: 1, mistake: 2, interrupted: 130 } as const;

/** What the command line needs of the process around it. */
export interface Host {
  readonly table: CommandTable;
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  readonly messages: MessageStream;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Runs one command line (without the program's name) and tells the exit code. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<number> {
  const messages = createMessages(host.messages);
  try {
    await dispatch(argv, host, messages);
    return host.signal.aborted ? exitCodes.interrupted : exitCodes.done;
  } catch (error) {
    messages.close();
    if (host.signal.aborted && isAbort(error, host.signal)) return exitCodes.interrupted;
    const sentence = error instanceof UserError ? error.message : explainSystemError(error);
    if (sentence !== undefined) {
      messages.log(`ondelette: ${sentence}`);
      return exitCodes.mistake;
    }
    messages.log(
      "ondelette: this is a bug in ondelette, not a mistake of yours; please report it:",
    );
    messages.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.bug;
  } finally {
    messages.close();
  }
}

async function dispatch(
  argv: readonly string[],
  host: Host,
  { log, progress }: Pick<Io, "log" | "progress">,
): Promise<void> {
  const words = leadingWords(argv);
  const name = [words.slice(0, 2).join(" "), words[0] ?? ""].find((key) =>
    Object.hasOwn(host.table, key),
  );
  const entry = name === undefined ? undefined : host.table[name];
  if (name === undefined || entry === undefined) {
    host.write(`${helpWithoutCommand(argv, words, host.table)}\n`);
    return;
  }

  const command = await entry.load();
  const { json, help, args } = parseWords(command, argv.slice(name.split(" ").length));
  if (help) {
    host.write(`${commandHelp(name, entry.summary, command)}\n`);
    return;
  }
  const print = json ? () => {} : (line: string) => host.write(`${line}\n`);
  const result = await command.run(args, { print, log, progress, signal: host.signal });
  if (json) host.write(`${JSON.stringify(result)}\n`);
}

/** The words before the first flag: a command's name comes first. */
function leadingWords(argv: readonly string[]): readonly string[] {
  const flag = argv.findIndex((word) => word.startsWith("-"));
  return flag < 0 ? argv : argv.slice(0, flag);
}

/** No command was named: help if that is what was asked, else the mistake. */
function helpWithoutCommand(
  argv: readonly string[],
  words: readonly string[],
  table: CommandTable,
): string {
  const flag = argv[words.length];
  if (flag !== undefined && !["--help", "-h"].includes(flag)) {
    throw new UserError(`a command comes before ${flag}; see ondelette --help`);
  }
  const names = Object.keys(table);
  const [first = ""] = words;
  const isGroup = names.some((name) => name.startsWith(`${first} `));
  if (words.length === 0 || (words.length === 1 && isGroup)) return tableHelp(table, first);
  const typed = words.slice(0, isGroup ? 2 : 1).join(" ");
  const guess = nearest(words.slice(0, 2).join(" "), names) ?? nearest(typed, names);
  const hint = guess === undefined ? "see ondelette --help" : `did you mean “${guess}”?`;
  throw new UserError(`there is no command “${typed}”; ${hint}`);
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === "AbortError");
}
