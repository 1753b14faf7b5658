import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng } from "../../data/formats/png.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import type { ArrangeOptions } from "../dataset.ts";
import { openTarGz } from "./openTarGz.ts";

/** The classes in the order of their labels (`batches.meta.txt` of the archive). */
export const cifar10Classes = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;

const side = 32;
const pixels = side * side;
/** A label, then the red, the green and the blue plane, each row by row. */
const recordLength = 1 + 3 * pixels;
const recordsOfABatch = 10_000;
/** Pictures in all. */
const pictures = 60_000;
/** Files written at once. */
const inFlight = 32;

/**
 * CIFAR-10's binary version as folders of PNG: `train/<class>/<number>.png` and `test/<class>/<number>.png`, where the
 * number is the place of the picture among the 50,000 or the 10,000. Nothing is lost: the pixels are the same.
 */
export async function arrangeCifar10(
  archive: string,
  to: string,
  { signal, onProgress }: ArrangeOptions = {},
): Promise<void> {
  for (const part of ["train", "test"]) {
    for (const name of cifar10Classes) await mkdir(join(to, part, name), { recursive: true });
  }
  let done = 0;
  for await (const { path, bytes } of openTarGz(archive)) {
    const [, batch] = /(?:^|\/)(data_batch_[1-5]|test_batch)\.bin$/.exec(path) ?? [];
    if (batch === undefined) continue;
    if (bytes.length % recordLength !== 0) {
      throw damaged(archive, `${path} is not a whole number of pictures`);
    }
    const part = batch === "test_batch" ? "test" : "train";
    const first = part === "test" ? 0 : (Number(batch.at(-1)) - 1) * recordsOfABatch;
    const count = bytes.length / recordLength;
    for (let i = 0; i < count; i += inFlight) {
      signal?.throwIfAborted();
      const some = Array.from({ length: Math.min(inFlight, count - i) }, async (_, j) => {
        const record = bytes.subarray((i + j) * recordLength, (i + j + 1) * recordLength);
        const label = cifar10Classes[record[0]!]; // a record has a label
        if (label === undefined) throw damaged(archive, `${path} has a label ${record[0]}`);
        const number = String(first + i + j).padStart(5, "0");
        await writeFile(join(to, part, label, `${number}.png`), encodePng(rasterOf(record)));
      });
      await Promise.all(some);
      done += some.length;
      onProgress?.(done, pictures);
    }
  }
  if (done === 0) throw damaged(archive, "it holds no pictures of CIFAR-10");
}

/** Three planes as pixels of three bytes. */
function rasterOf(record: Uint8Array): Raster {
  const data = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c] = record[1 + c * pixels + i]!; // within the record
  }
  return { width: side, height: side, channels: 3, data };
}

const damaged = (archive: string, reason: string) =>
  new UserError(`${archive} is not the binary version of CIFAR-10: ${reason}`, "damaged-file");
