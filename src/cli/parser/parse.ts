import { parseArgs } from "node:util";
import { UserError } from "../../errors/userError.ts";
import type { Command } from "./command.ts";
import { type ConfigFile, readConfigFile } from "./configFile.ts";
import { nearest } from "./nearest.ts";
import {
  type Args,
  commonOptions,
  flagOf,
  type Option,
  type Options,
  type Positionals,
} from "./options.ts";
import { type Value, valueOfText } from "./values.ts";

/** A command line read against a command's tables. */
export interface Parsed {
  readonly json: boolean;
  readonly help: boolean;
  /** Complete and valid, except under `help`, where nothing is required. */
  readonly args: Args<Options, Positionals>;
  /** Lines about values that were changed. */
  readonly notices: readonly string[];
}

/**
 * Reads `words` (what follows the command's name) and the file that `--config` names, if any; the command line takes
 * precedence. Every mistake is a `UserError` that names the flag, or the file and its key.
 */
export async function parseWords(command: Command, words: readonly string[]): Promise<Parsed> {
  const options: Options = { ...command.options, ...commonOptions };
  const { typed, loose, notices } = readTokens(options, words);
  const isHelp = typed.get("help") === true;
  const path = typed.get("config");
  const file: ConfigFile =
    typeof path === "string" && !isHelp
      ? await readConfigFile(path, { ...command.options, json: commonOptions.json })
      : { values: new Map(), words: undefined };

  const chosen = (name: string): Value | undefined => {
    const option = options[name];
    const usual = option?.type === "boolean" ? false : option?.default;
    return typed.get(name) ?? file.values.get(name) ?? usual;
  };
  const own = Object.fromEntries(Object.keys(command.options).map((name) => [name, chosen(name)]));
  const positionals = Object.entries(command.positionals ?? {});
  const given = loose.length > 0 ? loose : (file.words ?? []);
  if (!isHelp) {
    requirePositionals(positionals, given);
    for (const [name, option] of Object.entries(command.options)) {
      if (option.type !== "boolean" && option.required && own[name] === undefined) {
        throw new UserError(`${flagOf(name)} is missing: ${option.help}`);
      }
    }
  }
  notices.push(...lowerToCaps(command.options, own));
  const named = Object.fromEntries(
    positionals.map(([name, word], i) => [
      name,
      typeof word === "string" ? (given[i] ?? "") : "several" in word ? given.slice(i) : given[i],
    ]),
  );
  return { json: chosen("json") === true, help: isHelp, args: { ...own, ...named }, notices };
}

/** The options that were typed, by name, the words beside them, and lines about options that were typed twice. */
function readTokens(options: Options, words: readonly string[]) {
  const nameOfFlag = new Map<string, string>();
  for (const [name, option] of Object.entries(options)) {
    for (const flag of [flagOf(name).slice(2), ...(option.aliases ?? [])]) {
      nameOfFlag.set(flag, name);
    }
  }
  // Not `strict`: node's own errors name neither the nearest flag nor what would work.
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...nameOfFlag].map(([flag, name]) => {
        const { type, short } = options[name]!; // the table's own name
        const kind = type === "boolean" ? ("boolean" as const) : ("string" as const);
        // Aliases have no letter of their own.
        const isShort = short !== undefined && flag === flagOf(name).slice(2);
        return [flag, isShort ? { type: kind, short } : { type: kind }];
      }),
    ),
  });

  const typed = new Map<string, Value>();
  const loose: string[] = [];
  const notices: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") loose.push(token.value);
    if (token.kind !== "option") continue;
    const { rawName: flag, value, inlineValue } = token;
    const positive = nameOfFlag.get(token.name);
    const name = positive ?? negated(token.name, nameOfFlag, options);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || option === undefined) throw unknownFlag(flag, nameOfFlag);
    // `--out --json` is far likelier a forgotten value than a file called `--json`; a negative number is a value.
    const forgotten = value !== undefined && !inlineValue && /^-\D/.test(value);
    const read = valueOfText(flag, option, forgotten ? undefined : value);
    const before = typed.get(name);
    if (option.type === "string" && option.several) {
      typed.set(name, [...(Array.isArray(before) ? before : []), String(read)]);
      continue;
    }
    if (option.type !== "boolean" && before !== undefined && before !== read) {
      notices.push(`${flagOf(name)} is given twice: ${read} is used, and not ${before}`);
    }
    typed.set(name, positive === undefined ? false : read);
  }
  return { typed, loose, notices };
}

/** The switch that `no-NAME` turns off, as a file may have turned it on. */
function negated(
  flag: string,
  nameOfFlag: ReadonlyMap<string, string>,
  options: Options,
): string | undefined {
  const name = flag.startsWith("no-") ? nameOfFlag.get(flag.slice(3)) : undefined;
  return name !== undefined && options[name]?.type === "boolean" ? name : undefined;
}

/** Lowers numbers to what this machine allows, in place; gives a line about each. */
function lowerToCaps(options: Options, values: Record<string, Value | undefined>): string[] {
  return Object.entries(options).flatMap(([name, option]: [string, Option]) => {
    const value = values[name];
    if ((option.type !== "integer" && option.type !== "number") || !option.cap) return [];
    const most = option.cap.most();
    if (typeof value !== "number" || value <= most) return [];
    values[name] = most;
    return [`${flagOf(name)} ${value} is lowered to ${most}: ${option.cap.reason}`];
  });
}

function requirePositionals(
  positionals: readonly (readonly [string, Positionals[string]])[],
  words: readonly string[],
): void {
  const [name, help] = positionals[words.length] ?? [];
  if (help !== undefined && !(typeof help === "object" && "optional" in help)) {
    throw new UserError(`<${name}> is missing: ${typeof help === "string" ? help : help.several}`);
  }
  const extra = words[positionals.length];
  const last = positionals.at(-1)?.[1];
  if (extra !== undefined && !(typeof last === "object" && "several" in last)) {
    throw new UserError(`“${extra}” is one word too many; put a name with spaces in quotes`);
  }
}

function unknownFlag(flag: string, nameOfFlag: ReadonlyMap<string, string>): UserError {
  // Aliases are accepted and not suggested.
  const shown = [...nameOfFlag].filter(([typed, name]) => flagOf(name) === `--${typed}`);
  const guess = nearest(
    flag.replace(/^-+/, ""),
    shown.map(([typed]) => typed),
  );
  const hint = guess === undefined ? "see --help" : `did you mean --${guess}?`;
  return new UserError(`unknown option ${flag}; ${hint}`);
}
