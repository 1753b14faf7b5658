import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UserError } from "../../errors/userError.ts";

/**
 * Makes a folder and those above it; one that is there already is kept. Throws UserError where that is not possible, naming
 * the folder and the true reason: Node says of a read-only disk that the new folder does not exist.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw (await reasonOf(path)) ?? error;
  }
}

/** Why a folder cannot be made: looks at the nearest entry above it that is there. */
async function reasonOf(path: string): Promise<UserError | undefined> {
  for (let above = resolve(path); ; above = dirname(above)) {
    const found = await stat(above).catch(() => undefined);
    if (found === undefined && dirname(above) !== above) continue;
    if (found !== undefined && !found.isDirectory()) {
      return above === resolve(path)
        ? new UserError(`${path} is a file; name a folder to make`, "already-exists")
        : new UserError(`${path} cannot be made: ${above} is a file, not a folder`, "wrong-kind");
    }
    const code = await access(above, constants.W_OK).then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (code === "EROFS") return new UserError(`${path} is on a read-only disk`, "not-permitted");
    if (code !== undefined) {
      return new UserError(
        `${path} cannot be made: no permission to write into ${above}`,
        "not-permitted",
      );
    }
    return undefined;
  }
}
