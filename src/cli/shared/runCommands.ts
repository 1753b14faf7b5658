import { UserError } from "../../errors/userError.ts";
import type { Form, FormField, FormValues } from "../../server/api.ts";
import type { CommandLine, Commands } from "../../server/commands.ts";
import type { Command, CommandTable } from "../parser/command.ts";
import { flagOf, type Option } from "../parser/options.ts";
import { type Value, valueOfJson } from "../parser/values.ts";

/** How a command that makes runs is started from a form. */
interface RunCommand {
  /** Options and positionals that name something to read. All other texts are no paths; `out` is the run. */
  readonly paths: readonly string[];
  /** How it resumes; none of comparisons, which are started again. */
  readonly resumes?: Resumes;
}

/** How a command resumes runs of a kind. */
interface Resumes {
  readonly kind: string;
  /** Options that may be given then. */
  readonly options: readonly string[];
  /** Keys of `config.json`, with `.` between keys within keys, that name what is read again; none where the folder has it all. */
  readonly reads: readonly string[];
}

const resumed = ["steps", "minutes", "threads", "device", "saveEvery"] as const;

/** The commands that the studio starts. The table is closed: a page cannot start any other. */
export const runCommands = {
  "image train": {
    paths: ["data", "textEncoder", "tokenizer", "embeddings"],
    resumes: {
      kind: "image",
      options: resumed,
      reads: ["data.path", "words.from.encoder", "words.from.tokenizer", "words.from.embeddings"],
    },
  },
  "image classify": {
    paths: ["data"],
    resumes: { kind: "image-classifier", options: resumed, reads: ["data.path"] },
  },
  "sequence train": {
    paths: ["data", "tokenizer"],
    resumes: { kind: "sequence", options: resumed, reads: [] },
  },
  "sequence classify": {
    paths: ["data"],
    resumes: { kind: "classifier", options: resumed, reads: ["task.settings.path"] },
  },
  "sequence compare": { paths: ["data"] },
  "field fit": {
    paths: ["input"],
    resumes: {
      kind: "field",
      options: ["steps", "seconds", "psnr", "threads", "device", "saveEvery"],
      reads: ["signal.path"],
    },
  },
  "field compare": { paths: ["inputs"] },
} as const satisfies Readonly<Record<string, RunCommand>>;

const all: readonly [string, RunCommand][] = Object.entries(runCommands);

/** The commands of {@link runCommands} as forms, and the command lines that their values make. */
export async function openRunCommands(table: CommandTable): Promise<Commands> {
  const loaded = new Map<string, Command>();
  const forms: Form[] = [];
  for (const [command, about] of all) {
    const { summary, load } = table[command]!; // a test checks that each is there
    const each = await load();
    loaded.set(command, each);
    forms.push(formOf(command, summary, each, about));
  }

  return {
    forms,
    async start(command, values, places) {
      const { form, loaded: found } = named(command, forms, loaded);
      const missing = form.fields.find(
        ({ name, required }) => required && values[name] === undefined,
      );
      if (missing) throw new UserError(`${shown(missing.name)} is missing: ${missing.help}`);
      const known = form.fields.map(({ name }) => name);
      const words: string[] = [];
      const loose: string[] = [];
      let run = "";
      for (const [name, value] of given(values, known)) {
        const { role } = form.fields.find((field) => field.name === name)!; // one of them
        const checked = valueOfJson(shown(name), optionOf(found, name), value);
        if (role === "run") {
          run = String(checked);
          words.push(`--out=${await places.newRun(run, form.resumes === undefined)}`);
          continue;
        }
        const paths = role === "path" ? [checked].flat().map(String) : [];
        for (const path of paths) await places.input(path);
        if (found.positionals?.[name] !== undefined) loose.push(...paths);
        else words.push(...wordsOf(name, checked));
      }
      return { run, ...line(command, [...words, ...(loose.length > 0 ? ["--", ...loose] : [])]) };
    },

    async resume({ folder, config }, values, places) {
      const [command, about] = all.find(([, { resumes }]) => resumes?.kind === config.kind) ?? [];
      if (command === undefined || !about?.resumes) {
        throw new UserError(
          `runs of kind ${JSON.stringify(config.kind)} cannot be resumed`,
          "wrong-kind",
        );
      }
      const { loaded: found } = named(command, forms, loaded);
      const words = given(values, about.resumes.options).flatMap(([name, value]) =>
        wordsOf(name, valueOfJson(shown(name), optionOf(found, name), value)),
      );
      for (const keys of about.resumes.reads) {
        const path = textAt(config, keys);
        if (path !== undefined) await places.input(path);
      }
      const input = command === "field fit" ? ["--", signalPath(config)] : [];
      return line(command, [`--out=${folder}`, "--resume", ...words, ...input]);
    },

    exportOnnx: (folder, file) => line("export", [`--out=${file}`, "--", folder]),
  };
}

const line = (command: string, words: readonly string[]): CommandLine => ({
  command,
  words: [...command.split(" "), ...words],
});

/** A command of the table by its words. */
function named(command: string, forms: readonly Form[], loaded: ReadonlyMap<string, Command>) {
  const form = forms.find((each) => each.command === command);
  const found = loaded.get(command);
  if (form && found) return { form, loaded: found };
  throw new UserError(`${JSON.stringify(command)} is not a command that the studio starts`);
}

/** The values that are given. Throws UserError where there are others than those `known`. */
function given(values: FormValues, known: readonly string[]): [string, unknown][] {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  const unknown = entries.find(([name]) => !known.includes(name));
  if (unknown) {
    throw new UserError(
      `${JSON.stringify(unknown[0])} is not an option here; ${known.join(", ")} are`,
    );
  }
  return entries;
}

/** An option of a command; a positional is a text, or several. */
function optionOf({ options, positionals }: Command, name: string): Option {
  const option = options[name];
  if (option) return option;
  const word = positionals?.[name];
  const several = typeof word === "object" && "several" in word;
  return { type: "string", help: "", ...(several && { several: true }) };
}

/** A value as words of a command line: `--flag=value`, so that no value can be taken for an option. */
function wordsOf(name: string, value: Value): string[] {
  if (typeof value === "boolean") return value ? [flagOf(name)] : [];
  return [value].flat().map((each) => `${flagOf(name)}=${each}`);
}

/** What messages call an option: the page shows it by this name as well. */
const shown = (name: string): string => `“${labelOf(name)}”`;

/** `saveEvery` → `save every`. */
const labelOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The text under `keys`, with `.` between keys within keys; `undefined` where there is none. */
function textAt(config: unknown, keys: string): string | undefined {
  const found = keys.split(".").reduce<unknown>((each, key) => Object(each)[key], config);
  return typeof found === "string" ? found : undefined;
}

function signalPath(config: unknown): string {
  const path = textAt(config, "signal.path");
  if (path !== undefined) return path;
  throw new UserError("the run does not say what it was fitted to", "damaged-file");
}

function formOf(
  command: string,
  summary: string,
  { about = "", options, positionals = {} }: Command,
  { paths, resumes }: RunCommand,
): Form {
  const roleOf = (name: string): FormField["role"] =>
    name === "out" ? "run" : paths.includes(name) ? "path" : "text";
  const words = Object.entries(positionals).map(
    ([name, help]): FormField => ({
      ...{ name, type: "text", role: roleOf(name), group: "", required: true },
      ...(typeof help === "string"
        ? { help, several: false }
        : "several" in help
          ? { help: help.several, several: true }
          : { help: help.optional, several: false, required: false, usual: help.otherwise }),
    }),
  );
  const fields = Object.entries(options).flatMap(([name, option]) =>
    notInForms.has(name) ? [] : [fieldOf(name, option, roleOf(name))],
  );
  return {
    ...{ command, summary, about, fields: [...words, ...fields] },
    ...(resumes && { resumes: resumes.kind }),
    resumeFields: resumes?.options ?? [],
  };
}

/** Resuming has a button of its own; a share is for a machine without a studio, and is kept where its command line says. */
const notInForms: ReadonlySet<string> = new Set([
  ...["resume", "resumeIfExists"],
  ...["shard", "shardFolder"],
]);

const types = {
  string: "text",
  number: "number",
  integer: "integer",
  boolean: "switch",
  choice: "choice",
} as const satisfies Record<Option["type"], FormField["type"]>;

function fieldOf(name: string, option: Option, role: FormField["role"]): FormField {
  const { type, help, group = "" } = option;
  const several = option.type === "string" && option.several === true;
  const field = { name, type: types[type], role, help, group, several };
  if (option.type === "boolean") return { ...field, required: false };
  const { required = false, default: fixed, otherwise } = option;
  const usual = fixed ?? otherwise;
  return {
    ...{ ...field, required },
    ...(usual !== undefined && { usual: `${usual}` }),
    ...(option.type === "choice" && { choices: option.choices }),
    ...((option.type === "number" || option.type === "integer") && boundsOf(option)),
  };
}

const boundsOf = ({ min, max }: { readonly min?: number; readonly max?: number }) => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
});
