import { contactSheet } from "../../data/draw/contactSheet.ts";
import type { Raster } from "../../data/images/raster.ts";
import { createRandom } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { type Drawable, type DrawnImage, type DrawOptions, drawRequests } from "../draw.ts";
import { type ImageLanguage, synthesize } from "../language/language.ts";
import { drawStartingPlane } from "../language/startingPlanes.ts";
import { type DrawRequest, sideBySide } from "../model.ts";
import { type Prompt, promptVectors, promptWords } from "../words/prompts.ts";
import { largestExpected } from "./holeOpinion.ts";
import { type Keep, keepOf } from "./keep.ts";

/** A picture to draw from, of the run's size, and the class as which it is drawn. */
export interface SourcePicture {
  readonly raster: Raster;
  readonly label: number;
}

/** What is kept of pictures, and how the rest is drawn. */
export interface DrawFromOptions extends Omit<DrawOptions, "labels" | "prompts"> {
  readonly keep: Keep;
  /** What all drawings are to show, of runs that were trained with captions. */
  readonly prompt?: readonly Prompt[];
  /** Drawings of each picture; 1 by default. */
  readonly drawings?: number;
  /** Particles by which each drawing is made, so that it fits to what is kept: see `drawParticles`. 1, none, by default. */
  readonly particles?: number;
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
  options: DrawFromOptions,
): Promise<DrawnFrom[]> {
  const all: DrawnFrom[] = [];
  for await (const drawn of drawEachFrom(run, pictures, options)) all.push(drawn);
  return all;
}

/** Draws the same as `drawFrom` and hands it over picture by picture, so that memory does not grow with their number. */
export async function* drawEachFrom(
  run: Drawable,
  pictures: readonly SourcePicture[],
  { keep, seed, first = 0, drawings = 1, particles = 1, prompt = [], ...options }: DrawFromOptions,
): AsyncGenerator<DrawnFrom> {
  if (!(Number.isInteger(particles) && particles >= 1))
    throw new UserError(`the number of particles must be a whole number from 1, not ${particles}`);
  const random = createRandom(seed);
  const vectors = await promptVectors(run, [prompt]);
  const words = promptWords(prompt, run.config, vectors);
  const parts: Raster[] = []; // of the pictures whose drawings are still to come
  function* requests(): Generator<DrawRequest> {
    for (const [i, { raster, label }] of pictures.entries()) {
      const { approximation, choosing, startingPlane } = keepOf(raster, keep, run.language);
      parts.push(synthesize(approximation, run.language).raster);
      for (let k = 0; k < drawings; k++) {
        const own = random.fork(`picture ${first + i} drawing ${k}`);
        const drawn = drawStartingPlane(run.config.startingPlanes, label, own);
        yield {
          ...{ label, startingPlane: startingPlane(drawn), ...choosing(), random: own, words },
          ...(particles > 1 && { particles: { count: particles, choosing } }),
        };
      }
    }
  }
  let [images, done]: [DrawnImage[], number] = [[], 0];
  const together = drawingsTogether(keep, run.language, particles);
  for await (const image of drawRequests(run, requests(), { ...options, together })) {
    images.push(image);
    if (images.length < drawings) continue;
    yield { source: pictures[done++]!, kept: parts.shift()!, images }; // one a picture
    images = [];
  }
}

/** Numbers of the opinions on holes that are filled together: 160 MB. */
const mostNumbers = 2e7;

/**
 * Drawings made together. What a hole makes expect takes memory that grows with the square of its pixels: once for the picture,
 * once for its request, and once for each particle.
 */
export function drawingsTogether(keep: Keep, { color }: ImageLanguage, particles: number): number {
  if (!("outside" in keep)) return sideBySide;
  const pixels = Math.min(keep.outside.width * keep.outside.height, largestExpected);
  const numbers = (particles > 1 ? 2 + particles : 2) * (color === "gray" ? 1 : 3) * pixels ** 2;
  return Math.max(1, Math.min(sideBySide, Math.floor(mostNumbers / numbers)));
}

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
