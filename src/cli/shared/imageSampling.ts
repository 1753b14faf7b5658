import { usualPlane } from "../../image/language/startingPlanes.ts";
import type { ImageConfig, ImageRun } from "../../image/run.ts";
import { recommendedSampling } from "../../image/runFolder.ts";
import { type ByScale, type ImageSampling, samplingText } from "../../image/sampling.ts";
import type { PerScale } from "../../image/scales.ts";
import type { Io } from "../parser/command.ts";
import type { Option } from "../parser/options.ts";

const group = "Sampling (else as the run recommends)";
const temperature = { type: "number", min: 0, max: 100, group } as const;
const topP = { type: "number", min: 0, max: 1, group } as const;
const weight = { type: "number", placeholder: "W", min: 0, max: 100, group } as const;

/** Options that shape the distribution which images are drawn from. */
export const imageSamplingOptions = {
  temperature: {
    ...temperature,
    help: "divides the logits: below 1 is safer, 0 always takes the likeliest token, 1 is the model's own distribution",
  },
  temperatureShape: {
    ...temperature,
    help: "the same for the shape, bands of up to 4×4 coefficients",
  },
  temperatureDetail: { ...temperature, help: "the same for the detail, all larger bands" },
  topP: { ...topP, help: "draw from the likeliest tokens that together have this probability" },
  topPShape: { ...topP, help: "the same for the shape" },
  topPDetail: { ...topP, help: "the same for the detail" },
  topK: {
    ...{ type: "integer", min: 1, max: 65_536, group },
    help: "draw from the N likeliest tokens",
  },
  guidance: {
    ...weight,
    help: "above 1, images more typical of their class and prompt than the model's own; takes twice as long",
  },
  guidanceShape: { ...weight, help: "the same for the shape" },
  guidanceDetail: { ...weight, help: "the same for the detail" },
  cooling: {
    ...{ type: "number", placeholder: "F", min: 0, max: 1, group },
    help: "multiplies the temperature for each plane below the one at which most images start: fewer specks",
  },
} as const satisfies Record<string, Option>;

type SamplingArgs = { readonly [Name in keyof typeof imageSamplingOptions]: number | undefined };

/** How the images of a run are drawn: as the options say, else as the run recommends, which is told. */
export async function chosenSampling(
  args: SamplingArgs,
  folder: string,
  { config }: Pick<ImageRun, "config">,
  io: Pick<Io, "log">,
): Promise<ImageSampling> {
  const asked = samplingOf(args, config);
  if (asked) return asked;
  const { sampling, tuned } = await recommendedSampling(folder, config);
  const source = tuned ? "recommended by the run" : `usual for the model ${config.model.name}`;
  io.log(`${samplingText(sampling)}, as ${source}`);
  return sampling;
}

/** What the options say; undefined where none says anything. */
function samplingOf(
  args: SamplingArgs,
  { startingPlanes }: Pick<ImageConfig, "startingPlanes">,
): ImageSampling | undefined {
  const { topK, cooling } = args;
  const temperature = byScale(args.temperature, args.temperatureShape, args.temperatureDetail);
  const topP = byScale(args.topP, args.topPShape, args.topPDetail);
  const guidance = byScale(args.guidance, args.guidanceShape, args.guidanceDetail);
  const sampling: ImageSampling = {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(guidance !== undefined && { guidance }),
    ...(cooling !== undefined && {
      cooling: { factor: cooling, from: usualPlane(startingPlanes, 0) },
    }),
  };
  return Object.keys(sampling).length > 0 ? sampling : undefined;
}

function byScale(
  both: number | undefined,
  shape: number | undefined = both,
  detail: number | undefined = both,
): ByScale | undefined {
  if (shape === detail) return shape;
  const own: Partial<PerScale<number>> = {
    ...(shape !== undefined && { shape }),
    ...(detail !== undefined && { detail }),
  };
  return own;
}
