import { UserError } from "../errors/userError.ts";
import { type MixingTable, mixingOf } from "./mixings.ts";

/** What stands between the mixings that are compared; within one, commas stand between those that work together. */
const separator = "/";

/**
 * The mixings to compare of a text such as `none/haar-8/haar-8,bigram`. Throws UserError where one is unknown or is there twice.
 */
export function mixingVariants(text: string, own: MixingTable = {}): string[] {
  const names = text.split(separator).map((name) => name.trim());
  for (const name of names) mixingOf(name, own);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new UserError(`the mixing "${twice}" is compared twice`);
  return names;
}
