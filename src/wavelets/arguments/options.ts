import { describe } from "./describe.ts";
import { nearNames } from "./nearNames.ts";

/** The names of all options of a type. A name that is missing in the table does not compile. */
export function optionNames<O extends object>(
  table: Readonly<Record<keyof O, true>>,
): ReadonlySet<string> {
  return new Set(Object.keys(table));
}

/**
 * Throws TypeError unless `options` is an object whose keys are all known. Plain JavaScript can pass anything; a
 * misspelled option must not be ignored.
 */
export function checkOptions(options: object, known: ReadonlySet<string>): void {
  // `for in` allocates nothing and includes inherited options.
  if (typeof options === "object" && options !== null) {
    for (const name in options) if (!known.has(name)) throw unknownOption(options, name, known);
  } else throw notOptions(options, known);
}

function unknownOption(options: object, name: string, known: ReadonlySet<string>): TypeError {
  if (Array.isArray(options) || ArrayBuffer.isView(options)) return notOptions(options, known);
  const [near] = nearNames(name.toLowerCase(), [...known], 2);
  const hint = near === undefined ? "" : `; did you mean "${near}"?`;
  return new TypeError(`unknown option "${name}": the options are ${[...known].join(", ")}${hint}`);
}

function notOptions(given: unknown, known: ReadonlySet<string>): TypeError {
  return new TypeError(
    `options must be an object such as ${example(given, known)}, not ${describe(given)}`,
  );
}

/** An object that holds what was given, under the option that takes its type if there is one. */
function example(given: unknown, known: ReadonlySet<string>): string {
  if (typeof given === "string" && known.has("mode")) return `{ mode: "${given}" }`;
  if (typeof given === "number" && known.has("levels")) return `{ levels: ${given} }`;
  if (typeof given === "object" && given && known.has("out")) return "{ out: … }";
  return `{ ${[...known][0]}: … }`;
}
