import { UserError } from "../errors/userError.ts";
import {
  type Check,
  CheckError,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
} from "../train/run/checks.ts";
import { type RunStore, readText } from "../train/run/runStore.ts";
import type { ModelChoice } from "./models.ts";
import { type ImageConfig, imageNames } from "./run.ts";
import { type ImageSampling, samplingCheck } from "./sampling.ts";

/** How a run's images are best drawn, and how that was found: `sampling.json` of a run folder. */
export interface Recommendation {
  readonly sampling: ImageSampling;
  /** Steps that the model had been trained for. */
  readonly step: number;
  /** Images drawn by each way of sampling. */
  readonly images: number;
  readonly seed: number;
  /** What told the classes of the images. */
  readonly classifier: string;
  /** Other real images, as many. */
  readonly real: Measures;
  readonly tried: readonly (Measures & { readonly sampling: ImageSampling })[];
}

interface Measures {
  readonly recognized: number;
  readonly diversity: number;
  readonly spread: number;
  readonly parts?: number | undefined;
}

const share = number({ min: 0, max: 1 });
const measures = {
  ...{ recognized: share, diversity: share, spread: number({ min: 0 }) },
  parts: optional(number({ min: 0 })),
};
const fileCheck = object({
  kind: oneOf(["image-sampling"]),
  format: oneOf([1]),
  sampling: samplingCheck,
  step: integer({ min: 0 }),
  images: integer({ min: 1 }),
  seed: integer({ min: 0 }),
  classifier: text,
  real: object(measures),
  tried: list(object({ sampling: samplingCheck, ...measures })),
}) satisfies Check<Recommendation>;

/** Keeps a recommendation with a run. */
export function writeRecommendation(store: RunStore, found: Recommendation): Promise<void> {
  const file = { kind: "image-sampling", format: 1, ...found };
  return store.write(imageNames.sampling, `${JSON.stringify(file, undefined, 2)}\n`);
}

/** The recommendation of a run, where it has one. Throws UserError where the file is damaged or of another version. */
export async function readRecommendation(store: RunStore): Promise<Recommendation | undefined> {
  const content = await readText(store, imageNames.sampling);
  if (content === undefined) return undefined;
  try {
    const { kind: _, format: __, ...found } = fileCheck(JSON.parse(content), "");
    return found;
  } catch (error) {
    if (!(error instanceof CheckError || error instanceof SyntaxError)) throw error;
    const path = store.path(imageNames.sampling);
    throw new UserError(`${path} cannot be used: ${error.message}`, "damaged-file");
  }
}

/**
 * How the images of built-in models are drawn where a run recommends nothing: guided, if the run was trained for it; docs/log.md
 * has the measurements.
 */
const usual: Readonly<Record<ModelChoice["name"], (isGuidable: boolean) => ImageSampling>> = {
  state: (isGuidable) => ({
    temperature: { shape: 0.8, detail: 0.6 },
    ...(isGuidable && { guidance: 2 }),
  }),
  values: () => ({}),
  paper: () => ({}),
};

/** How a run's images are drawn unless a person says otherwise: as the run recommends, or as its model is usually sampled. */
export async function recommendedSampling(
  store: RunStore,
  config: Pick<ImageConfig, "model" | "classDropout">,
): Promise<{ readonly sampling: ImageSampling; readonly tuned: boolean }> {
  const found = await readRecommendation(store);
  return found
    ? { sampling: found.sampling, tuned: true }
    : { sampling: usualSampling(config), tuned: false };
}

/** How images of a model are drawn where its run recommends nothing; the plain distribution of models that are not built in. */
export function usualSampling({
  model,
  classDropout = 0,
}: Pick<ImageConfig, "model" | "classDropout">): ImageSampling {
  const byName: Readonly<Record<string, (isGuidable: boolean) => ImageSampling>> = usual;
  return Object.hasOwn(byName, model.name) ? byName[model.name]!(classDropout > 0) : {}; // it has it
}
