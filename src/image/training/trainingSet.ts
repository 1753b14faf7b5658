import { imagesAt } from "../../data/images/imagesAt.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { cropAt, type Raster, tiles } from "../../data/images/raster.ts";
import type { Random } from "../../data/random/random.ts";
import { spreadEvenly } from "../../data/random/spreadEvenly.ts";
import { UserError } from "../../errors/userError.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";
import { type Example, noClass, type TrainingImages } from "../model.ts";
import type { TextVectors } from "../words/captionVectors.ts";
import { type CaptionWords, captionReader } from "../words/captionWords.ts";

/** The size that all images have. Throws UserError where they differ. */
export function commonSize(
  images: readonly Raster[],
  path: string,
): { width: number; height: number } {
  const [first] = images;
  if (!first) throw new UserError(`${path} holds no images`);
  const other = images.find((r) => r.width !== first.width || r.height !== first.height);
  if (other) {
    throw new UserError(
      `the images of ${path} differ in size (${first.width}×${first.height}, ` +
        `${other.width}×${other.height})`,
      "sizes-differ",
    );
  }
  return { width: first.width, height: first.height };
}

/**
 * Images with the labels of a run's classes, told by name; a run of one class takes them all as that. Throws UserError
 * where the run does not know a class.
 */
export function inClasses(images: LoadedImages, classNames: readonly string[]): LoadedImages {
  const labels =
    classNames.length === 1
      ? images.classNames.map(() => 0)
      : images.classNames.map((name) => classNames.indexOf(name));
  const stray = images.classNames.find((_, i) => labels[i] === -1);
  if (stray !== undefined) {
    const known = classNames.slice(0, 20).join(", ");
    throw new UserError(
      `there are images of a class "${stray}" that the run does not know (${known})`,
    );
  }
  return { ...images, classNames, labels: images.labels.map((label) => labels[label] ?? 0) };
}

/** Every how manieth image is held out, where the data have no part for validation, and at most how many in all. */
const holdOut = { every: 10, most: 500 };

/**
 * Images of which every tenth, and at most 500 spread evenly, are held out for validation; none of fewer than ten. The same
 * images are held out whenever the same are given.
 */
export function splitValidation(images: LoadedImages): {
  readonly training: LoadedImages;
  readonly validation: LoadedImages | undefined;
} {
  const count = images.rasters.length;
  const held = new Set(
    spreadEvenly(count, Math.min(holdOut.most, Math.floor(count / holdOut.every))),
  );
  if (held.size === 0) return { training: images, validation: undefined };
  const indices = [...Array(count).keys()];
  const part = (isHeld: boolean) =>
    imagesAt(
      images,
      indices.filter((i) => held.has(i) === isHeld),
    );
  return { training: part(false), validation: part(true) };
}

/** What of images is trained on and scored. */
export type CaptionedImages = Pick<LoadedImages, "rasters" | "labels" | "captions">;

/** What is told of training images. */
export interface Telling {
  /** How captions are read; they are not told where this is left out. */
  readonly words?: CaptionWords | undefined;
  /** The vectors of the captions, where `words` reads vectors. */
  readonly vectors?: TextVectors | undefined;
  /** Whether some captions are cut finer, so that the parts of words are learned; true by default. */
  readonly finer?: boolean;
  /** What is added to the guess of an image, by its number: see `takenBack`. */
  readonly takenBack?: ReadonlyMap<number, readonly number[]>;
  readonly classDropout?: number | undefined;
  readonly textDropout?: number | undefined;
}

/**
 * Images to train on: as they are, or a random square of each where they are larger than the language's. Of a share
 * `classDropout` nothing is told, neither class nor words, so that a model also learns what all images have in common, which
 * guidance needs (Ho and Salimans 2022, arXiv 2207.12598); of another share `textDropout` the class alone.
 */
export function trainingImages(
  { rasters, labels, captions = [] }: CaptionedImages,
  language: ImageLanguage,
  { words, vectors, finer = true, takenBack, classDropout = 0, textDropout = 0 }: Telling = {},
): TrainingImages {
  const { width, height } = language;
  const reader = words && captionReader(words, vectors);
  const length = words?.kind === "pieces" ? words.length : 0;
  return {
    // As many as squares fit into the images side by side.
    count: rasters.reduce((sum, r) => sum + squaresIn(r, language), 0),
    draw(index: number, random: Random): Example {
      const i = index % rasters.length;
      const raster = rasters[i]!; // i < length
      const whole = raster.width === width && raster.height === height;
      const square = whole ? raster : randomSquare(raster, width, random);
      const dropped = classDropout + textDropout;
      const chance = dropped > 0 ? random.uniform() : 1;
      const label = chance < classDropout ? noClass : (labels[i] ?? 0);
      const coefficients = analyze(square, language);
      if (!reader) return { coefficients, label };
      const caption = chance < dropped ? "" : (captions[i] ?? "");
      const plain = reader.read(caption);
      const told = finer ? reader.readInTraining(caption, random) : plain;
      const isWhole = told.length === plain.length && told.every((word, k) => word === plain[k]);
      const added = isWhole && told.length > 0 && takenBack?.get(i);
      if (!added) return { coefficients, label, words: told };
      const padding = new Array<number>(length - told.length).fill(0);
      return { coefficients, label, words: [...told, ...padding, ...added] };
    },
  };
}

/** Images to be scored: as they are, or cut into squares side by side where they are larger than the language's. */
export function scoredImages(
  { rasters, labels, captions = [] }: CaptionedImages,
  language: ImageLanguage,
): { readonly raster: Raster; readonly label: number; readonly caption: string }[] {
  return rasters.flatMap((raster, i) => {
    squaresIn(raster, language);
    const whole = raster.width === language.width && raster.height === language.height;
    return (whole ? [raster] : tiles(raster, language.width)).map((tile) => ({
      raster: tile,
      label: labels[i] ?? 0,
      caption: captions[i] ?? "",
    }));
  });
}

/** Images of any size as those of a run: in its classes and of its size, larger ones cut into squares side by side. */
export function squaresOf(
  images: LoadedImages,
  classNames: readonly string[],
  language: ImageLanguage,
): LoadedImages {
  const squares = scoredImages(inClasses(images, classNames), language);
  return {
    classNames,
    rasters: squares.map(({ raster }) => raster),
    labels: Uint16Array.from(squares, ({ label }) => label),
    ...(images.captions && { captions: squares.map(({ caption }) => caption) }),
  };
}

/** How many images of the language's size lie side by side in one. Throws UserError where none does. */
function squaresIn(raster: Raster, { width, height }: ImageLanguage): number {
  if (raster.width === width && raster.height === height) return 1;
  const squares = Math.floor(raster.width / width) * Math.floor(raster.height / height);
  if (width === height && squares > 0) return squares;
  throw new UserError(
    `an image of ${raster.width}×${raster.height} pixels is not of the run's size, ${width}×${height}`,
  );
}

function randomSquare(raster: Raster, size: number, random: Random): Raster {
  const x = random.integer(raster.width - size + 1);
  return cropAt(raster, x, random.integer(raster.height - size + 1), size);
}
