import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { UserError } from "../../errors/userError.ts";

/**
 * What lies at a path that is to be read. Throws UserError (`not-found`) where nothing is there. Other errors of the operating
 * system (no permission, a link in a circle) pass as they are, since what cannot be opened is not missing.
 */
export async function statInput(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Node refuses a name with a zero byte, which no file can have.
    if (code !== "ENOENT" && code !== "ERR_INVALID_ARG_VALUE") throw error;
    throw new UserError(`${path} does not exist`, "not-found", { cause: error });
  }
}
