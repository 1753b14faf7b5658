import { join, normalize, sep } from "node:path";
import { statInput } from "../../data/files/statInput.ts";
import { datasetNames } from "../../datasets/known.ts";
import { UserError } from "../../errors/userError.ts";
import { shellWord } from "./shellWord.ts";

/** Where `ondelette demo` draws its digits, once. */
export const demoDigits = join("data", "digits");

/**
 * Throws UserError (`not-found`) where the data of a command do not exist, with the command that makes them, where their path
 * has the name of a known data set.
 */
export async function requireData(path: string): Promise<void> {
  try {
    await statInput(path);
  } catch (error) {
    const advice = adviceOnMissing(path);
    if (!(error instanceof UserError) || advice === undefined) throw error;
    throw new UserError(`${error.message}; ${advice}`, error.code, { cause: error });
  }
}

const known: readonly string[] = datasetNames;

/** The command that makes missing data, where their path has the name of data that ondelette knows. */
export function adviceOnMissing(path: string): string | undefined {
  const parts = normalize(path).split(sep);
  if (normalize(path) === demoDigits) return "`ondelette demo` draws these digits";
  const at = parts.findLastIndex((part) => known.includes(part));
  if (at < 0) return undefined;
  const folder = at === 0 ? "." : parts.slice(0, at).join(sep) || sep;
  return `\`ondelette data get ${parts[at]} --out ${shellWord(folder)}\` fetches this data set`;
}
