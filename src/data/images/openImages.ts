import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { isFile } from "../files/isFile.ts";
import type { Notice } from "../files/notice.ts";
import { statInput } from "../files/statInput.ts";
import { metadataName } from "./captions.ts";
import { idxClasses, idxImages, isIdxImages, isIdxTest } from "./idxImages.ts";
import { folderImages, look, ownClass } from "./imageFolder.ts";
import { type ImageSource, joined, type LabeledImages, type Part } from "./imageSource.ts";

/** How a data set is opened. */
export interface OpenImagesOptions {
  /** Which part of data that come in two; ignored for other data (see `ImageSource.part`). `all` by default. */
  readonly part?: Part;
  /** Hears of entries that are not used: pipes, links to nothing, folders beside those of the two parts. */
  readonly notice?: Notice | undefined;
}

/** A part of a data set whose classes are known and whose pictures are not opened yet. */
interface Half {
  readonly classNames: readonly string[];
  open(): Promise<LabeledImages>;
}

/** The two parts of a data set, where they are there. */
interface Halves {
  readonly train: Half | undefined;
  readonly test: Half | undefined;
}

/** Names of the folder of the test part, the preferred one first. */
const testNames = ["test", "testing", "val", "valid", "validation"];
const trainNames = ["train", "training"];

/**
 * Opens a data set of pictures without decoding any:
 * - a folder of pictures (see `listImageFolder`), with their captions where it has them (see `readCaptions`), or one with such folders `train` and `test` (or `testing`, `val`, `valid`,
 *   `validation`);
 * - an IDX file of images, with its labels if they lie beside it under MNIST's naming;
 * - a folder with the four MNIST-style files, compressed or not.
 *
 * Throws UserError, with code `not-found`, where `path` or the part that is asked for does not exist.
 *
 * @example
 * const source = await openImages("data/mnist", { part: "train" });
 * const { rasters, labels } = await loadImages(source, { color: "gray", size: 32 });
 */
export async function openImages(
  path: string,
  { part = "all", notice }: OpenImagesOptions = {},
): Promise<ImageSource> {
  const found = await statInput(path);
  const list = (images: LabeledImages) => joined("all", images.classNames, [images]);
  if (!found.isDirectory()) return list(await idxImages(path));

  const idxFiles = (await readdir(path)).sort().filter(isIdxImages);
  if (idxFiles.length > 0) {
    const half = async (name: string | undefined): Promise<Half | undefined> => {
      if (name === undefined) return undefined;
      const file = join(path, name);
      return { classNames: await idxClasses(file), open: () => idxImages(file) };
    };
    const halves = {
      train: await half(idxFiles.find((name) => !isIdxTest(name))),
      test: await half(idxFiles.find(isIdxTest)),
    };
    return select(
      part,
      halves,
      (missing) => new UserError(`${path} has no ${missing} part`, "not-found"),
    );
  }

  const parts = await partsOf(path, notice);
  if (parts === undefined) return list(await folderImages(path, ownClass(path), notice));
  const metadata = join(path, metadataName);
  if (await isFile(metadata)) {
    notice?.(`${metadata} is not read: captions belong in the folders of the parts`);
  }
  const half = async (name: string | undefined): Promise<Half | undefined> => {
    if (name === undefined) return undefined;
    // Pictures without class folders have the same class in both parts.
    const images = await folderImages(join(path, name), ownClass(path), notice);
    return { classNames: images.classNames, open: async () => images };
  };
  const halves = { train: await half(parts.train), test: await half(parts.test) };
  return select(part, halves, (missing) => {
    const wanted = missing === "train" ? trainNames : testNames;
    return new UserError(
      `${path} has a folder “${parts.train ?? parts.test}”, but none for the ${missing} part, which would be named ${wanted.join(", ")}`,
      "not-found",
    );
  });
}

/** The part that is asked for, of data that come in parts. */
async function select(
  part: Part,
  { train, test }: Halves,
  failure: (missing: Part) => UserError,
): Promise<ImageSource> {
  const known = train?.classNames ?? [];
  const all = [...known, ...(test?.classNames ?? []).filter((name) => !known.includes(name))];
  if (part === "all") {
    const [first, ...others] = [train, test].filter((half) => half !== undefined);
    if (first === undefined) throw new RangeError("data that come in parts have at least one");
    const rest = others.map((half) => half.open());
    return joined(part, all, [await first.open(), ...(await Promise.all(rest))]);
  }
  const half = part === "train" ? train : test;
  if (half === undefined) throw failure(part);
  return joined(part, part === "train" ? known : all, [await half.open()]);
}

/**
 * The folders of the two parts; undefined where the folder does not come in parts. One part alone counts where nothing lies
 * beside it, or where it holds folders: otherwise it is a class of that name.
 */
async function partsOf(
  path: string,
  notice: Notice = () => {},
): Promise<{ readonly train: string | undefined; readonly test: string | undefined } | undefined> {
  const { folders, images } = await look(path);
  const named = (names: readonly string[]) =>
    names
      .map((name) => folders.find((folder) => folder.toLowerCase() === name))
      .find((name) => name !== undefined);
  const [train, test] = [named(trainNames), named(testNames)];
  const only = train ?? test;
  if (only === undefined) return undefined;
  if (train === undefined || test === undefined) {
    const alone = folders.length === 1 && images.length === 0;
    if (!alone && (await look(join(path, only))).folders.length === 0) return undefined;
  }
  const unused = [...folders, ...images].filter((name) => name !== train && name !== test);
  if (unused.length > 0) {
    const [first = "", ...others] = unused;
    const more = others.length === 0 ? "is" : `and ${others.length} other entries are`;
    const used = [train, test].filter((name) => name !== undefined).join(" and ");
    notice(`${join(path, first)} ${more} not used: the parts of ${path} are ${used}`);
  }
  return { train, test };
}
