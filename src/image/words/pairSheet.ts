import { contactSheet } from "../../data/draw/contactSheet.ts";
import { imagesAt } from "../../data/images/imagesAt.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import { createRandom } from "../../data/random/random.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import { type Drawable, drawImages } from "../draw.ts";
import type { ImageSampling } from "../sampling.ts";

export interface PairSheetOptions extends ImageSampling, CompileOptions {
  /** Pictures of the sheet; 40 by default. */
  readonly count?: number;
  readonly seed: number;
}

/** Drawings of each picture. */
const drawings = 2;
/** Sheets that stand side by side where there are enough pictures. */
const halves = 2;

/**
 * A sheet of pictures beside what the model draws when it is told their captions and classes: the first `count` by a hash of
 * caption and class, so that nobody chooses which. The seed decides the drawings. `images` are in the classes of the run and
 * have captions.
 */
export async function pairSheet(
  run: Drawable,
  images: LoadedImages,
  { count = 40, seed, ...options }: PairSheetOptions,
): Promise<Raster> {
  const some = firstByHash(images, count);
  const { rasters, labels, captions = [], classNames } = some;
  const twice = [...rasters.keys()].flatMap((i) => new Array<number>(drawings).fill(i));
  const drawn = await drawImages(run, {
    ...options,
    seed,
    labels: twice.map((i) => labels[i]!), // keys of the rasters
    prompts: twice.map((i) => [{ text: captions[i]! }]),
  });
  const rows = rasters.map((raster, i) => ({
    label: `${captions[i]} (${classNames[labels[i]!]})`,
    pictures: [raster, ...drawn.slice(i * drawings, (i + 1) * drawings).map((one) => one.raster)],
  }));
  const perHalf = Math.ceil(rows.length / halves);
  const sheets = [rows.slice(0, perHalf), rows.slice(perHalf)]
    .filter((half) => half.length > 0)
    .map((half) =>
      contactSheet(
        half.flatMap(({ pictures }) => pictures),
        {
          columns: 1 + drawings,
          magnify: Math.max(1, Math.round(64 / Math.max(run.language.width, run.language.height))),
          rowLabels: half.map(({ label }) => label),
          columnLabels: ["truth", "drawn", "drawn"],
        },
      ),
    );
  return contactSheet(sheets, { columns: halves, padding: 8 });
}

/** The first captioned images by a hash of caption and class. */
function firstByHash(images: LoadedImages, count: number): LoadedImages {
  const { captions = [], labels, classNames } = images;
  const hashed = captions.flatMap((caption, i) => {
    const name = `${classNames[labels[i]!]}/${caption}`;
    return caption === "" ? [] : [{ i, hash: createRandom(`pair ${name}`).uniform() }];
  });
  hashed.sort((a, b) => a.hash - b.hash);
  return imagesAt(
    images,
    hashed.slice(0, count).map(({ i }) => i),
  );
}
