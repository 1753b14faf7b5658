import { readFile } from "node:fs/promises";
import { UserError } from "../../errors/userError.ts";
import { nearest } from "./nearest.ts";
import { flagOf, type Options } from "./options.ts";
import { type Value, valueOfJson } from "./values.ts";

/** What a file of `--config` gives. */
export interface ConfigFile {
  /** Values of options, by name. */
  readonly values: ReadonlyMap<string, Value>;
  /** Words for the positionals; undefined where the file has none. */
  readonly words: readonly string[] | undefined;
}

/** The key of the positionals. */
const wordsKey = "arguments";

/**
 * Reads a JSON object whose keys are names of options, as `topP` or as `top-p`, and whose values have the types of the
 * options. The key `arguments` holds an array with the words that the command takes without a flag. Throws UserError,
 * naming the file and the key, where a key is unknown or given twice, or a value does not fit.
 *
 * @example
 * // settings.json: { "data": "photos", "top-p": 0.9, "strip": true }
 * const { values } = await readConfigFile("settings.json", command.options);
 */
export async function readConfigFile(path: string, options: Options): Promise<ConfigFile> {
  // A pipe is fine here: `--config <(jq … all.json)`.
  const json = parseObject(path, await readFile(path, "utf8"));
  const names = new Map<string, string>();
  for (const [name, option] of Object.entries(options)) {
    for (const key of [name, flagOf(name).slice(2), ...(option.aliases ?? [])]) {
      names.set(key, name);
    }
  }
  const values = new Map<string, Value>();
  let words: readonly string[] | undefined;
  for (const [key, value] of Object.entries(json)) {
    const subject = `${path}: ${JSON.stringify(key)}`;
    if (key === wordsKey) {
      words = wordsOf(subject, value);
      continue;
    }
    const name = names.get(key);
    const option = name === undefined ? undefined : options[name];
    if (name === undefined || option === undefined) {
      throw unknownKey(subject, key, [...names.keys()], Object.keys(options));
    }
    if (values.has(name)) throw new UserError(`${subject} is given twice, under two names`);
    values.set(name, valueOfJson(subject, option, value));
  }
  return { values, words };
}

function parseObject(path: string, text: string): object {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${path} is not valid JSON: ${reason}`, "damaged-file");
  }
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw new UserError(`${path} must hold one JSON object of option names and values`);
}

function wordsOf(subject: string, value: unknown): readonly string[] {
  const isWord = (word: unknown): word is string => typeof word === "string" && word !== "";
  if (Array.isArray(value) && value.every(isWord)) return value;
  throw new UserError(`${subject} must be an array of texts, not ${JSON.stringify(value)}`);
}

function unknownKey(
  subject: string,
  key: string,
  known: readonly string[],
  names: readonly string[],
): UserError {
  const guess = nearest(key, known);
  const hint =
    guess === undefined ? `the options are ${names.join(", ")}` : `did you mean "${guess}"?`;
  return new UserError(`${subject} is not an option of this command; ${hint}`);
}
