import { imagesAt, someOf } from "../../data/images/imagesAt.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import type { CompileOptions } from "../../runtime/compile.ts";
import { nextTask } from "../../runtime/nextTask.ts";
import { type Drawable, drawImages } from "../draw.ts";
import { meanComponents } from "../fidelity/components.ts";
import { precisionRecall } from "../fidelity/neighbors.ts";
import { usualPlane } from "../language/startingPlanes.ts";
import type { ImageConfig } from "../run.ts";
import type { ByScale, ImageSampling } from "../sampling.ts";
import type { PerScale } from "../scales.ts";
import { spread } from "./diversity.ts";
import { coarseFeatures, type Describe } from "./features.ts";
import type { Classify } from "./nearestClass.ts";

/** How good some pictures are. */
export type Quality = {
  /** Share of the pictures whose class a classifier recognizes, from 0 to 1. */
  readonly recognized: number;
  /** Share of real pictures that are like one of them: recall of {@link precisionRecall}. */
  readonly diversity: number;
  /** Mean distance of two of a class, over that of real ones. */
  readonly spread: number;
  /** Mean number of bright parts of a picture, which specks and broken strokes add to; of gray pictures alone. */
  readonly parts?: number | undefined;
};

/** A way of sampling, and how good its pictures are. */
export type Tried = Quality & { readonly sampling: ImageSampling };

/** What a sweep found. */
export interface Tuning {
  /** Pictures drawn by each way of sampling. */
  readonly images: number;
  /** Other real pictures, as many: what could be reached. */
  readonly real: Quality;
  readonly tried: readonly Tried[];
  /** The best of those tried, by {@link pick}. */
  readonly best: Tried;
}

/** What is tried after what was found best so far. */
export type Stage = (best: ImageSampling) => readonly ImageSampling[];

export interface TuneOptions extends CompileOptions {
  /** Tells the class of pictures, as indices into the run's class names. */
  readonly classify: Classify;
  /** The space that diversity is measured in; the pictures' coarse coefficients, 16×16, by default. */
  readonly describe?: Describe;
  /** What to try, in stages; see {@link usualStages}. */
  readonly stages?: readonly Stage[];
  /** Pictures to draw by each way of sampling; 500 by default, or half of the real ones if that is less. */
  readonly images?: number;
  readonly seed?: number;
  /** The share of the highest diversity that must be kept, from 0 to 1; {@link usualKeep} by default. See {@link pick}. */
  readonly keep?: number;
  readonly signal?: AbortSignal;
  /** Called with the quality of the real pictures, then after each way of sampling. */
  readonly onReal?: (real: Quality) => void;
  readonly onTried?: (tried: Tried) => void;
}

/** An unreadable picture is a fault that everyone sees; a third of the variants may be missing before somebody sees that. */
export const usualKeep = 0.65;

/** How fast the temperature falls, and where it begins: what is cooled late may be warm early. */
const coolings = [
  { factor: 0.6, temperature: { shape: 1.4, detail: 0.6 } },
  { factor: 0.5, temperature: { shape: 1.4, detail: 0.8 } },
];

const temperatures = { shape: [1, 0.8, 0.6], detail: [1, 0.6] };
/** Strong guidance of the detail makes specks. */
const weights: readonly ByScale[] = [
  ...[1.5, 2],
  ...[2, 2.5].map((shape) => ({ shape, detail: 1.5 })),
];

/**
 * Temperatures of shape and detail, each with each; then guidance, for a run that was trained for it, at the best temperature
 * and at that of the detail alone, since both lower diversity; then cooling of a warm beginning; then top-p. What was
 * found about them is in docs/log.md.
 */
export const usualStages = ({
  classDropout = 0,
  startingPlanes = [],
}: Partial<Pick<ImageConfig, "classDropout" | "startingPlanes">>): Stage[] => [
  () =>
    temperatures.shape.flatMap((shape) =>
      temperatures.detail.map((detail) => ({ temperature: { shape, detail } })),
    ),
  (best) => {
    if (classDropout === 0) return [];
    const { shape, detail } = temperaturesOf(best);
    return [...new Set([1, shape])].flatMap((own) =>
      weights.map((guidance) => ({ temperature: { shape: own, detail }, guidance })),
    );
  },
  () => {
    const from = usualPlane(startingPlanes, 0);
    return coolings.flatMap(({ factor, temperature }) => {
      const cooled = { temperature, cooling: { factor, from } };
      if (classDropout === 0) return [cooled];
      return weights.map((guidance) => ({ ...cooled, guidance }));
    });
  },
  (best) => [0.95, 0.9].map((topP) => ({ ...best, topP })),
];

function temperaturesOf({ temperature = 1 }: ImageSampling): PerScale<number> {
  if (typeof temperature === "number") return { shape: temperature, detail: temperature };
  const { shape = 1, detail = 1 } = temperature;
  return { shape, detail };
}

/**
 * Draws pictures by many ways of sampling and measures what share of them a classifier recognizes, and how much of the
 * variety of `real` pictures (of the run's classes, best not trained on) they have. The two pull in opposite directions: a low
 * temperature makes every digit readable and all of them alike. Each way has the same seed, and the classes of the real
 * pictures. Throws UserError where the run has a single class.
 *
 * @example
 * const classify = await nearestClass(training, coarseFeatures(run.language, 16));
 * const { best } = await tuneSampling(run, test, { classify });
 */
export async function tuneSampling(
  run: Drawable,
  real: LoadedImages,
  options: TuneOptions,
): Promise<Tuning> {
  const { classify, seed = 1, keep = usualKeep, signal, onReal, onTried, ...compile } = options;
  const { describe = coarseFeatures(run.language, 16), stages = usualStages(run.config) } = options;
  if (run.config.classNames.length < 2) {
    throw new UserError("the run has one class only, so that there is nothing to recognize");
  }
  const images = Math.min(options.images ?? 500, Math.floor(real.rasters.length / 2));
  if (images <= 3) {
    throw new UserError(`${real.rasters.length} real pictures are too few to compare with`);
  }
  const some = someOf(real, 2 * images);
  // Every other one, so that both halves have all classes.
  const half = (which: number): Labeled => {
    const own = [...some.rasters.keys()].filter((k) => k % 2 === which);
    const { rasters, labels } = imagesAt(some, own);
    return { rasters, labels: [...labels] };
  };
  const [reference, others] = [half(0), half(1)];
  const points = await describe(reference.rasters);
  const usualSpread = spread(points, reference.labels);

  const qualityOf = async ({ rasters, labels }: Labeled): Promise<Quality> => {
    const found = await classify(rasters);
    const own = await describe(rasters);
    return {
      recognized: labels.filter((label, i) => found[i] === label).length / labels.length,
      diversity: precisionRecall(points, own).recall,
      spread: spread(own, labels) / usualSpread,
      parts: meanComponents(rasters),
    };
  };
  const realQuality = await qualityOf(others);
  onReal?.(realQuality);

  const { labels } = reference;
  const tried: Tried[] = [];
  for (const stage of stages) {
    for (const sampling of stage(pick(tried, keep, realQuality)?.sampling ?? {})) {
      const drawn = await drawImages(run, {
        ...{ ...compile, ...sampling, labels, seed },
        onProgress: () => signal?.throwIfAborted(),
      });
      const rasters = drawn.map(({ raster }) => raster);
      const found = { sampling, ...(await qualityOf({ rasters, labels })) };
      tried.push(found);
      onTried?.(found);
      await nextTask();
      signal?.throwIfAborted();
    }
  }
  const best = pick(tried, keep, realQuality);
  if (!best) throw new RangeError("no way of sampling was to be tried");
  return { images, real: realQuality, tried, best };
}

interface Labeled {
  readonly rasters: readonly Raster[];
  readonly labels: readonly number[];
}

/**
 * The way with the fewest {@link faults} of those that keep a share `keep` of the diversity of the most diverse one; of equal ones
 * the more diverse. An unreadable picture is a fault that everyone sees, a missing variant is not; so diversity is a limit and
 * few faults the aim. Relative to the most diverse way, the rule also holds for models that are far from real pictures.
 */
export function pick(
  tried: readonly Tried[],
  keep: number,
  real: Pick<Quality, "parts"> = {},
): Tried | undefined {
  const most = Math.max(...tried.map(({ diversity }) => diversity));
  return tried
    .filter(({ diversity }) => diversity >= keep * most)
    .sort((a, b) => faults(a, real) - faults(b, real) || b.diversity - a.diversity)[0];
}

/**
 * Faults that one sees, per picture: the share that is not recognized, and by how many bright parts the pictures differ from
 * `real` ones, on average.
 */
export function faults({ recognized, parts }: Quality, real: Pick<Quality, "parts">): number {
  const known = parts !== undefined && real.parts !== undefined;
  return 1 - recognized + (known ? Math.abs(parts - real.parts) : 0);
}
