import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeFileAtomically } from "../files/atomicWrite.ts";
import { encodeIdx } from "../formats/idx.ts";
import { createRandom } from "../random/random.ts";
import { drawDigits, imageSide } from "./drawDigits.ts";
import { type OutlineFamily, readOutlines, stylesOf } from "./outlines.ts";

const seed = 1;

/** Number of images in each part. */
export const printedDigitCounts = { train: 12_000, test: 2_000 } as const;
type Part = keyof typeof printedDigitCounts;

/** MNIST's names, so that everything that reads MNIST reads these files. */
const prefixes: Readonly<Record<Part, string>> = { train: "train", test: "t10k" };

/** How printed digits are drawn. */
export interface PrintedDigitsOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of images drawn so far, out of all of both parts. */
  readonly onDrawn?: (done: number) => void;
}

/**
 * Makes a folder of printed digits unless it exists: 12,000 images to train on and 2,000 to test on, 28×28 gray, white on
 * black, in the four-file IDX layout of MNIST. They are drawn from the outlines of 85 type styles of 61 families, each digit
 * with its own random pen width, rotation, shear, stretch and elastic bend. No family is in both parts, so a score on the
 * test part is a score on styles never seen. The same version always draws the same images.
 */
export async function printedDigits(
  folder: string,
  { signal, onDrawn }: PrintedDigitsOptions = {},
): Promise<void> {
  if (await exists(folder)) return;
  const outlines = await readOutlines();
  await mkdir(dirname(folder), { recursive: true });
  const name = `.${basename(folder)}.${randomUUID().slice(0, 8)}.tmp`;
  const temporary = join(dirname(folder), name);
  await mkdir(temporary);
  try {
    let drawn = 0;
    for (const part of ["test", "train"] as const) {
      await drawPart(temporary, part, outlines[part], (more) => {
        signal?.throwIfAborted();
        drawn += more;
        onDrawn?.(drawn);
      });
    }
    await rename(temporary, folder);
  } catch (error) {
    // Another process may have made the same folder meanwhile.
    if (!(await exists(folder))) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function drawPart(
  folder: string,
  part: Part,
  families: readonly OutlineFamily[],
  onDrawn: (more: number) => void,
): Promise<void> {
  // Families are equally likely, whatever their number of styles.
  const byFamily = families.map(stylesOf);
  const withZero = byFamily.filter(([style]) => style!.digits[0]!.length > 0); // Every style has ten digits.
  const random = createRandom(seed).fork(part);
  const jobs = Array.from({ length: printedDigitCounts[part] }, () => {
    const digit = random.integer(10);
    const candidates = digit === 0 ? withZero : byFamily;
    const styles = candidates[random.integer(candidates.length)]!;
    return { digit, style: styles[random.integer(styles.length)]!, random };
  });
  const images: Uint8Array[] = [];
  for await (const image of drawDigits(jobs)) {
    images.push(image.data);
    onDrawn(1);
  }
  const write = async (name: string, shape: number[], data: Uint8Array) => {
    const file = join(folder, `${prefixes[part]}-${name}-ubyte.gz`);
    await writeFileAtomically(file, gzipSync(encodeIdx({ shape, data })));
  };
  await write("images-idx3", [images.length, imageSide, imageSide], Buffer.concat(images));
  await write(
    "labels-idx1",
    [jobs.length],
    Uint8Array.from(jobs, ({ digit }) => digit),
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
