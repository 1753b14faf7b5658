import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { UserError } from "../../errors/userError.ts";
import { readTar, type TarFile } from "../archive/tar.ts";

/** The files of a tar archive that is compressed with gzip. Throws UserError, naming the archive, where it is damaged. */
export async function* openTarGz(path: string): AsyncGenerator<TarFile> {
  const file = createReadStream(path, { highWaterMark: 2 ** 20 });
  const unpacked = createGunzip({ chunkSize: 2 ** 18 });
  file.on("error", (error) => unpacked.destroy(error));
  file.pipe(unpacked);
  try {
    yield* readTar(unpacked, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) {
      throw error;
    }
    throw new UserError(`${path} is a damaged gzip file (${error.message})`, "damaged-file", {
      cause: error,
    });
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}
