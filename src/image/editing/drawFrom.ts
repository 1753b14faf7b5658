import { contactSheet } from "../../data/draw/contactSheet.ts";
import type { Raster } from "../../data/images/raster.ts";
import { createRandom } from "../../data/random/random.ts";
import { type Drawable, type DrawnImage, type DrawOptions, drawRequests } from "../draw.ts";
import { synthesize } from "../language/language.ts";
import { drawStartingPlane } from "../language/startingPlanes.ts";
import type { DrawRequest } from "../model.ts";
import { type Keep, keepOf } from "./keep.ts";

/** A picture to draw from, of the run's size, and the class as which it is drawn. */
export interface SourcePicture {
  readonly raster: Raster;
  readonly label: number;
}

/** What is kept of pictures, and how the rest is drawn. */
export interface DrawFromOptions extends Omit<DrawOptions, "labels"> {
  readonly keep: Keep;
  /** Drawings of each picture; 1 by default. */
  readonly drawings?: number;
}

/** A picture, what was kept of it, and what was made of that. */
export interface DrawnFrom {
  readonly source: SourcePicture;
  /** The kept part alone, decoded. */
  readonly kept: Raster;
  readonly images: readonly DrawnImage[];
}

/**
 * Draws pictures of which a part is taken from given ones: enlarges and varies (`keep: { coarse }`), fills a hole
 * (`{ outside }`), or goes on from a beginning (`{ tokens }`). Every kept coefficient ends with exactly the value that an
 * encoder leaves of it. The seed decides all drawings, and each by itself. Throws UserError where `keep` asks for more than
 * there is, and RangeError where a picture has another size than the run's.
 *
 * @example
 * ```ts
 * const hole = { x: 9, y: 9, width: 10, height: 10 };
 * const [filled] = await drawFrom(run, [{ raster, label }], { keep: { outside: hole }, seed: 1 });
 * await writeImage("filled.png", filled.images[0].raster);
 * ```
 */
export async function drawFrom(
  run: Drawable,
  pictures: readonly SourcePicture[],
  { keep, seed, drawings = 1, onProgress, ...options }: DrawFromOptions,
): Promise<DrawnFrom[]> {
  const random = createRandom(seed);
  const found: { source: SourcePicture; kept: Raster; images: DrawnImage[] }[] = [];
  let before = 0;
  // Some pictures at a time: what a hole makes expect takes memory.
  const some = Math.max(1, Math.floor(side / drawings));
  for (let first = 0; first < pictures.length; first += some) {
    const requests: DrawRequest[] = [];
    for (const [n, source] of pictures.slice(first, first + some).entries()) {
      const { approximation, choosing, startingPlane } = keepOf(source.raster, keep, run.language);
      const kept = synthesize(approximation, run.language).raster;
      found.push({ source, kept, images: [] });
      for (let k = 0; k < drawings; k++) {
        const own = random.fork(`picture ${first + n} drawing ${k}`);
        const drawn = drawStartingPlane(run.config.startingPlanes, source.label, own);
        const { label } = source;
        requests.push({ label, startingPlane: startingPlane(drawn), ...choosing(), random: own });
      }
    }
    const images = await drawRequests(run, requests, {
      ...options,
      ...(onProgress && { onProgress: (tokens: number) => onProgress(before + tokens) }),
    });
    for (const [i, image] of images.entries()) {
      found[first + Math.floor(i / drawings)]!.images.push(image); // `drawings` of each
      before += image.drawing.tokens.length;
    }
  }
  return found;
}

/** Drawings that are made side by side, about as many as samplers do. */
const side = 80;

/** A row for each picture: the picture, its kept part, and its drawings; named for its class, if there are classes. */
export function drawnFromSheet(drawn: readonly DrawnFrom[], classNames: readonly string[]): Raster {
  const rows = drawn.map(({ source, kept, images }) => [
    source.raster,
    kept,
    ...images.map(({ raster }) => raster),
  ]);
  const side = Math.max(...rows.flat().map(({ width, height }) => Math.max(width, height)));
  return contactSheet(rows.flat(), {
    columns: Math.min(10, ...rows.map(({ length }) => length)),
    magnify: Math.max(1, Math.round(72 / side)),
    columnLabels: ["given", "kept", "drawn"],
    ...(classNames.length > 1 && {
      rowLabels: drawn.map(({ source }) => classNames[source.label] ?? ""),
    }),
  });
}
