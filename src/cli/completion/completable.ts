import type { CommandTable } from "../parser/command.ts";
import { commonOptions, flagOf, type Option } from "../parser/options.ts";

/** What a shell can complete of one option. */
export interface CompletableOption {
  /** `--out`. */
  readonly flag: string;
  /** `-o`, where there is one. */
  readonly short: string | undefined;
  readonly help: string;
  /** What follows the flag: nothing, one of `choices`, a number, or text that may be a path. */
  readonly value: "none" | "choice" | "number" | "text";
  readonly choices: readonly string[];
}

/** What a shell can complete of one command. */
export interface CompletableCommand {
  /** The words that call it: one or two. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletableOption[];
}

/** A word that can stand next to others, with its explanation. */
export interface CompletableWord {
  readonly word: string;
  readonly summary: string;
}

/** What completion scripts are made from. */
export interface Completable {
  readonly commands: readonly CompletableCommand[];
  /** The words that can come first. */
  readonly first: readonly CompletableWord[];
  /** The words that can come second, by the first one, for commands of two words. */
  readonly second: ReadonlyMap<string, readonly CompletableWord[]>;
}

/** Loads all commands of a table and lists what a shell can complete. */
export async function completableOf(
  table: CommandTable,
  topics: Readonly<Record<string, string>>,
): Promise<Completable> {
  const commands = await Promise.all(
    Object.entries(table).map(async ([name, { summary, load }]): Promise<CompletableCommand> => {
      const { options } = await load();
      const entries: readonly [string, Option][] = Object.entries({ ...options, ...commonOptions });
      return { words: name.split(" "), summary, options: entries.map(optionOf) };
    }),
  );
  const first = new Map<string, string>();
  const second = new Map<string, CompletableWord[]>();
  for (const { words, summary } of commands) {
    const [one = "", two] = words;
    if (two === undefined) first.set(one, summary);
    else {
      first.set(one, topics[one] ?? one);
      second.set(one, [...(second.get(one) ?? []), { word: two, summary }]);
    }
  }
  first.set("help", "describe a command");
  return { commands, first: [...first].map(([word, summary]) => ({ word, summary })), second };
}

function optionOf([name, option]: readonly [string, Option]): CompletableOption {
  const { short, help, type } = option;
  const isNumber = type === "number" || type === "integer";
  return {
    flag: flagOf(name),
    short: short === undefined ? undefined : `-${short}`,
    help,
    value:
      type === "boolean" ? "none" : isNumber ? "number" : type === "choice" ? "choice" : "text",
    choices: type === "choice" ? option.choices : [],
  };
}
