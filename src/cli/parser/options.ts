/** What every option says about itself. The key in the table is its name: `topP` is typed `--top-p`. */
interface Described {
  /** Explanation for `--help`, with the unit if there is one. */
  readonly help: string;
  /** One letter: `-o`. */
  readonly short?: string;
  /** Other names that are accepted, and not shown: those of earlier versions. */
  readonly aliases?: readonly string[];
  /** Heading under which `--help` shows the option; "Options" by default. */
  readonly group?: string;
}

/** The value may be left out (then `undefined`), has a default, or must be given. */
type Presence<T> =
  | {
      readonly default?: never;
      readonly required?: never;
      /** What happens without the option, for `--help`: shown as "(default: …)". */
      readonly otherwise?: string;
    }
  | { readonly default: T; readonly required?: never; readonly otherwise?: never }
  | { readonly default?: never; readonly required: true; readonly otherwise?: never };

/** Free text, typically a path; `placeholder` names it in the usage line (`FILE`, `PATH`, `RUN`). */
export type StringOption = Described &
  Presence<string> & {
    readonly type: "string";
    readonly placeholder?: string;
    /** Whether it may be given several times: its value is then a list. It has no default. */
    readonly several?: true;
  };

/** A number, with inclusive bounds; `integer` also refuses fractions. */
export type NumberOption = Described &
  Presence<number> & {
    readonly type: "number" | "integer";
    readonly placeholder?: string;
    readonly min?: number;
    readonly max?: number;
    /** A limit of this machine: a larger value is lowered to it, with a notice that gives the reason. */
    readonly cap?: { readonly most: () => number; readonly reason: string };
  };

/** A switch: absent is `false`. */
export type BooleanOption = Described & { readonly type: "boolean" };

/** One word of a closed list. */
export type ChoiceOption = Described &
  Presence<string> & {
    readonly type: "choice";
    readonly placeholder?: string;
    readonly choices: readonly string[];
  };

/** One entry of a command's option table. */
export type Option = StringOption | NumberOption | BooleanOption | ChoiceOption;

/** A command's option table, keyed by camel-case name. */
export type Options = Readonly<Record<string, Option>>;

/**
 * The words a command takes without a flag, in order: name → one line of help. All are required, but the last one may stand for
 * several words, or may be left out.
 */
export type Positionals = Readonly<Record<string, string | SeveralWords | OptionalWord>>;

/** A positional of one word or more. */
export interface SeveralWords {
  /** One line of help. */
  readonly several: string;
}

/** A positional that may be left out; it is then `undefined`. */
export interface OptionalWord {
  /** One line of help. */
  readonly optional: string;
  /** What happens without it, for `--help`. */
  readonly otherwise: string;
}

type ValueOf<O extends Option> = O extends { readonly type: "choice"; readonly choices: infer C }
  ? C extends readonly (infer Word)[]
    ? Word
    : never
  : O extends { readonly type: "number" | "integer" }
    ? number
    : O extends { readonly type: "boolean" }
      ? boolean
      : O extends { readonly several: true }
        ? readonly string[]
        : string;

type IsPresent<O extends Option> = O extends
  | { readonly type: "boolean" }
  | { readonly default: string | number }
  | { readonly required: true }
  ? true
  : false;

/** What `run` receives: every option by name, validated, and every positional. */
export type Args<O extends Options, P extends Positionals> = {
  // A union, because in the table of all commands any name may be in both.
  readonly [Name in keyof O | keyof P]:
    | (Name extends keyof O ? OptionArg<O[Name]> : never)
    | (Name extends keyof P ? WordsOf<P[Name]> : never);
};

type OptionArg<O extends Option> = IsPresent<O> extends true ? ValueOf<O> : ValueOf<O> | undefined;

type WordsOf<Word extends Positionals[string]> = Word extends SeveralWords
  ? readonly string[]
  : Word extends OptionalWord
    ? string | undefined
    : string;

/** The flag as typed: `topP` → `--top-p`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Options every command has. */
export const commonOptions = {
  config: {
    type: "string",
    placeholder: "FILE.json",
    group: "Options of every command",
    help: "read options from a JSON object of names and values; the command line takes precedence",
  },
  json: {
    type: "boolean",
    group: "Options of every command",
    help: "print the result as one JSON object on standard output",
  },
  help: {
    type: "boolean",
    short: "h",
    group: "Options of every command",
    help: "show this help",
  },
} as const satisfies Options;

/**
 * The option `out` of every command that writes one file or folder: `-o FILE`. `what` is the line of help.
 *
 * @example
 * options: { out: outputOption("picture to write (.png)") }
 */
export const outputOption = (what: string, placeholder = "FILE") =>
  ({
    type: "string",
    short: "o",
    aliases: ["output"],
    placeholder,
    required: true,
    help: what,
  }) as const;
