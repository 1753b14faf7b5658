import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { type Idx, readIdx } from "../formats/idx.ts";
import { readImage } from "./decodeImage.ts";
import { listImageFolder } from "./imageFolder.ts";
import type { Raster } from "./raster.ts";

/** Which half of a data set that comes in two. */
export type Part = "train" | "test" | "all";

/** A list of pictures with labels; nothing is decoded until it is read. */
export interface ImageSource {
  /** What this is a list of: `all` where the data does not come in two parts. */
  readonly part: Part;
  readonly count: number;
  readonly classNames: readonly string[];
  /** False for IDX arrays: their pictures have the size they were made for. */
  readonly enlargeable: boolean;
  /** An index into `classNames`. */
  label(i: number): number;
  /** How messages call picture `i`. */
  name(i: number): string;
  read(i: number): Promise<Raster>;
}

/**
 * Opens what `--data` names:
 * - a folder of pictures (see `listImageFolder`), or one with a folder `train` and a folder `test`;
 * - an IDX file of images, with its labels if they lie beside it under MNIST's naming;
 * - a folder with the four MNIST-style files, compressed or not.
 *
 * `part` selects where there are two parts, and is ignored where there are not (see `ImageSource.part`).
 */
export async function openImages(
  path: string,
  { part }: { readonly part: Part },
): Promise<ImageSource> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UserError(`${path} does not exist`);
  if (!found.isDirectory()) return openIdxFile(path);

  const names = (await readdir(path)).sort();
  const idxFiles = names.filter((name) => idxImages.test(name)).map((name) => join(path, name));
  if (idxFiles.length > 0) {
    const files = select(part, path, {
      train: idxFiles.find((file) => !isTest(file)),
      test: idxFiles.find(isTest),
    });
    return concatenate(part, await Promise.all(files.map(openIdxFile)));
  }

  const folder = (...words: string[]) => {
    const name = names.find((entry) => words.includes(entry.toLowerCase()));
    return name === undefined ? undefined : join(path, name);
  };
  const halves = { train: folder("train", "training"), test: folder("test", "testing", "val") };
  if (halves.train !== undefined && halves.test !== undefined) {
    return concatenate(part, await Promise.all(select(part, path, halves).map(openFolder)));
  }
  return openFolder(path);
}

/** `train-images-idx3-ubyte.gz`, `t10k-images.idx3-ubyte` and their kin. */
const idxImages = /images[.-]idx[34]-ubyte(\.gz)?$/;
const isTest = (path: string) => /^(t10k|test)/.test(basename(path));

function select(
  part: Part,
  path: string,
  halves: { readonly train: string | undefined; readonly test: string | undefined },
): string[] {
  if (part === "all") return [halves.train, halves.test].filter((half) => half !== undefined);
  const half = halves[part];
  if (half === undefined) throw new UserError(`${path} has no ${part} part`);
  return [half];
}

async function openFolder(path: string): Promise<ImageSource> {
  const { classNames, files } = await listImageFolder(path);
  return {
    part: "all",
    count: files.length,
    classNames,
    enlargeable: true,
    label: (i) => files[i]!.label,
    name: (i) => files[i]!.path,
    read: (i) => readImage(files[i]!.path),
  };
}

async function openIdxFile(path: string): Promise<ImageSource> {
  const images = await readIdx(path);
  const [count = 0, height = 0, width = 0, channels = 1] = images.shape;
  const rank = images.shape.length;
  if (rank < 3 || rank > 4 || (channels !== 1 && channels !== 3)) {
    const shape = images.shape.join("×");
    throw new UserError(`${path} holds an array of ${shape}, not a list of gray or RGB images`);
  }
  if (images.data.length === 0) throw new UserError(`${path} holds no images`);
  const labels = await readLabels(path, count);
  const classes =
    labels === undefined ? 1 : labels.reduce((most, label) => Math.max(most, label)) + 1;
  const size = width * height * channels;
  return {
    part: "all",
    count,
    classNames: Array.from({ length: classes }, (_, i) => `${i}`),
    enlargeable: false,
    label: (i) => labels?.[i] ?? 0,
    name: (i) => `image ${i} of ${path}`,
    read: async (i) => ({
      width,
      height,
      channels,
      data: images.data.subarray(i * size, (i + 1) * size),
    }),
  };
}

/** The labels that belong to a file of images, by MNIST's naming; `undefined` where there is no such file. */
async function readLabels(imagesPath: string, count: number): Promise<Uint8Array | undefined> {
  const name = basename(imagesPath)
    .replace("images", "labels")
    .replace(/idx[34]/, "idx1");
  if (name === basename(imagesPath)) return undefined;
  const plain = join(dirname(imagesPath), name.replace(/\.gz$/, ""));
  for (const path of [plain, `${plain}.gz`]) {
    if (!(await stat(path).catch(() => undefined))?.isFile()) continue;
    const labels: Idx = await readIdx(path);
    if (labels.shape.length !== 1 || labels.data.length !== count) {
      throw new UserError(
        `${path} holds ${labels.shape.join("×")} labels, but ${basename(imagesPath)} has ${count} images`,
      );
    }
    return labels.data;
  }
  return undefined;
}

/** One list after the other. Their classes must agree, up to a part that has seen only the first few. */
function concatenate(part: Part, sources: readonly ImageSource[]): ImageSource {
  const [first, second] = sources;
  if (first === undefined) throw new RangeError("concatenate: no sources");
  if (second === undefined) return { ...first, part };
  const [fewer, more] =
    first.classNames.length < second.classNames.length ? [first, second] : [second, first];
  const stray = fewer.classNames.find((name, i) => name !== more.classNames[i]);
  if (stray !== undefined) {
    throw new UserError(
      `the train and test parts have different classes: “${stray}” is only in one`,
    );
  }
  const pick = <T>(i: number, use: (source: ImageSource, i: number) => T): T =>
    i < first.count ? use(first, i) : use(second, i - first.count);
  return {
    part,
    count: first.count + second.count,
    classNames: more.classNames,
    enlargeable: first.enlargeable,
    label: (i) => pick(i, (source, j) => source.label(j)),
    name: (i) => pick(i, (source, j) => source.name(j)),
    read: (i) => pick(i, (source, j) => source.read(j)),
  };
}
