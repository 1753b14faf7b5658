import { parseArgs } from "node:util";
import { UserError } from "../../errors/userError.ts";
import type { Command } from "./command.ts";
import { nearest } from "./nearest.ts";
import {
  type Args,
  commonOptions,
  flagOf,
  type Option,
  type Options,
  type Positionals,
} from "./options.ts";

/** A command line read against a command's tables. */
export interface Parsed {
  readonly json: boolean;
  readonly help: boolean;
  /** Complete and valid, except under `help`, where nothing is required. */
  readonly args: Args<Options, Positionals>;
}

/** Reads `words` (what follows the command's name); every mistake is a `UserError` naming the flag. */
export function parseWords(command: Command, words: readonly string[]): Parsed {
  const options: Options = { ...command.options, ...commonOptions };
  const nameOfFlag = new Map(Object.keys(options).map((name) => [flagOf(name).slice(2), name]));

  // Not `strict`: node's own errors name neither the nearest flag nor what would work.
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...nameOfFlag].map(([flag, name]) => {
        const { type, short } = options[name]!;
        const kind = type === "boolean" ? ("boolean" as const) : ("string" as const);
        return [flag, short === undefined ? { type: kind } : { type: kind, short }];
      }),
    ),
  });

  const values: Record<string, string | number | boolean | undefined> = {};
  for (const [name, option] of Object.entries(options)) {
    values[name] = option.type === "boolean" ? false : option.default;
  }
  const loose: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") loose.push(token.value);
    if (token.kind !== "option") continue;
    const name = nameOfFlag.get(token.name);
    if (name === undefined) throw unknownFlag(token.rawName, nameOfFlag.keys());
    values[name] = readValue(token.rawName, options[name]!, token.value, token.inlineValue);
  }

  const { json, help, ...rest } = values;
  const positionals = Object.entries(command.positionals ?? {});
  if (help !== true) {
    requirePositionals(positionals, loose);
    for (const [name, option] of Object.entries(command.options)) {
      if (option.type !== "boolean" && option.required && rest[name] === undefined) {
        throw new UserError(`${flagOf(name)} is missing: ${option.help}`);
      }
    }
  }
  const named = Object.fromEntries(
    positionals.map(([name, word], i) => [
      name,
      typeof word === "string" ? (loose[i] ?? "") : loose.slice(i),
    ]),
  );
  return { json: json === true, help: help === true, args: { ...rest, ...named } };
}

function readValue(
  flag: string,
  option: Option,
  text: string | undefined,
  inline: boolean | undefined,
): string | number | boolean {
  if (option.type === "boolean") {
    if (text !== undefined) throw new UserError(`${flag} is a switch and takes no value`);
    return true;
  }
  // `--out --json` is far likelier a forgotten value than a file called `--json`; a negative number is a value.
  const forgotten = text === undefined || (!inline && /^-\D/.test(text));
  if (forgotten || text === "") throw new UserError(`${flag} needs a value: ${option.help}`);
  switch (option.type) {
    case "string":
      return text;
    case "choice":
      if (option.choices.includes(text)) return text;
      throw new UserError(`${flag} must be ${listed(option.choices)}, not “${text}”`);
    case "number":
    case "integer":
      return readNumber(flag, option, text);
  }
}

function readNumber(
  flag: string,
  { type, min = -Infinity, max = Infinity }: Extract<Option, { type: "number" | "integer" }>,
  text: string,
): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  const kind = type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (kind && value >= min && value <= max) return value;
  const noun = type === "integer" ? "a whole number" : "a number";
  const range =
    min > -Infinity && max < Infinity
      ? ` from ${min} to ${max}`
      : min > -Infinity
        ? ` of at least ${min}`
        : max < Infinity
          ? ` of at most ${max}`
          : "";
  throw new UserError(`${flag} must be ${noun}${range}, not “${text}”`);
}

function requirePositionals(
  positionals: readonly (readonly [string, Positionals[string]])[],
  words: readonly string[],
): void {
  const missing = positionals[words.length];
  if (missing !== undefined) throw new UserError(`<${missing[0]}> is missing; see --help`);
  const extra = words[positionals.length];
  if (extra !== undefined && typeof positionals.at(-1)?.[1] !== "object") {
    throw new UserError(`“${extra}” is one word too many; see --help`);
  }
}

function unknownFlag(flag: string, known: Iterable<string>): UserError {
  const guess = nearest(flag.replace(/^-+/, ""), known);
  return new UserError(
    `unknown option ${flag}; ${guess === undefined ? "see --help" : `did you mean --${guess}?`}`,
  );
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}
