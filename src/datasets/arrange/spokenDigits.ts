import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import type { ArrangeOptions } from "../dataset.ts";
import { openTarGz } from "./openTarGz.ts";

/** Of each speaker and digit, the recordings of the numbers 0 to 4 are for testing: the authors' split. */
const testNumbers = 5;

/**
 * The recordings of the Free Spoken Digit Dataset as `train/<digit>/` and `test/<digit>/`, each
 * `<digit>_<speaker>_<number>.wav`.
 */
export async function arrangeSpokenDigits(
  archive: string,
  to: string,
  { signal, onProgress }: ArrangeOptions = {},
): Promise<void> {
  let done = 0;
  for await (const { path, bytes } of openTarGz(archive)) {
    signal?.throwIfAborted();
    const [, name, digit, number] = /\/recordings\/(([0-9])_\w+_(\d+)\.wav)$/.exec(path) ?? [];
    if (name === undefined || digit === undefined) continue;
    const folder = join(to, Number(number) < testNumbers ? "test" : "train", digit);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    onProgress?.(++done, undefined);
  }
  if (done === 0) {
    throw new UserError(`${archive} holds no recordings of spoken digits`, "damaged-file");
  }
}
