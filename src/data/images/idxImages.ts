import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { isFile } from "../files/isFile.ts";
import { readIdx } from "../formats/idxFile.ts";
import type { LabeledImages } from "./imageSource.ts";

/** Whether a file is named as the images of MNIST are: `train-images-idx3-ubyte.gz`, `t10k-images.idx3-ubyte` and their kin. */
export const isIdxImages = (name: string): boolean => /images[.-]idx[34]-ubyte(\.gz)?$/.test(name);

/** Whether an IDX file of images, by its name, is the test part. */
export const isIdxTest = (path: string): boolean => /^(t10k|test)/.test(basename(path));

/**
 * The pictures of an IDX file, with the labels that lie beside it under MNIST's naming. A class is named by the number of
 * its label, and only labels that occur are classes; without labels there is one class, `0`. Throws UserError where the file
 * does not hold pictures or the numbers of pictures and labels differ.
 */
export async function idxImages(path: string): Promise<LabeledImages> {
  const images = await readIdx(path);
  const [count = 0, height = 0, width = 0, channels = 1] = images.shape;
  const rank = images.shape.length;
  if (rank < 3 || rank > 4 || (channels !== 1 && channels !== 3)) {
    const shape = images.shape.join("×");
    throw new UserError(
      `${path} holds an array of ${shape}, not a list of gray or RGB images`,
      "wrong-kind",
    );
  }
  if (images.data.length === 0) throw new UserError(`${path} holds no images`);
  const labels = await readLabels(path);
  if (labels !== undefined && labels.data.length !== count) {
    throw new UserError(
      `${labels.path} holds ${labels.data.length} labels, but ${basename(path)} has ${count} images`,
      "sizes-differ",
    );
  }
  const numbers = numbersOf(labels?.data);
  const size = width * height * channels;
  return {
    count,
    classNames: numbers.map(String),
    enlargeable: false,
    label: (i) => (labels === undefined ? 0 : numbers.indexOf(labels.data[i]!)),
    name: (i) => `image ${i} of ${path}`,
    read: async (i) => ({
      width,
      height,
      channels,
      data: images.data.subarray(i * size, (i + 1) * size),
    }),
  };
}

/** The classes of an IDX file of images, without reading the images. */
export async function idxClasses(path: string): Promise<string[]> {
  return numbersOf((await readLabels(path))?.data).map(String);
}

/** The labels that occur, ascending. */
function numbersOf(labels: Uint8Array | undefined): number[] {
  return [...new Set(labels ?? [0])].sort((a, b) => a - b);
}

/** The labels that belong to a file of images; undefined where there is no such file. */
async function readLabels(imagesPath: string) {
  const name = basename(imagesPath)
    .replace("images", "labels")
    .replace(/idx[34]/, "idx1");
  if (name === basename(imagesPath)) return undefined;
  const plain = join(dirname(imagesPath), name.replace(/\.gz$/, ""));
  for (const path of [plain, `${plain}.gz`]) {
    if (!(await isFile(path))) continue;
    const { shape, data } = await readIdx(path);
    if (shape.length === 1) return { path, data };
    throw new UserError(
      `${path} holds an array of ${shape.join("×")}, not a list of labels`,
      "wrong-kind",
    );
  }
  return undefined;
}
