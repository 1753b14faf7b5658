import { UserError } from "../../errors/userError.ts";
import { families, familyNames, familyOf } from "../../field/families.ts";
import {
  type Preparation,
  type Prepared,
  type SampleKind,
  sampleKinds,
} from "../../field/family.ts";
import type { Signal } from "../../field/signal/signal.ts";
import type { Options } from "../parser/options.ts";

/** Options for preprocessing a signal before a field is fitted to it. */
export const preparationOptions = {
  denoise: {
    type: "string",
    placeholder: "SIGMA",
    otherwise: "no denoising",
    help: "remove noise first: its standard deviation as a fraction of the black-to-white range, or auto",
  },
  samples: {
    type: "choice",
    choices: sampleKinds,
    default: "points",
    help: "what a sample is: a point value, or the mean over its pixel (as from a camera), which enlarges sharper",
  },
} as const satisfies Options;

/** The preprocessing that the options ask for, if any. Throws UserError where the noise level is not valid. */
export function preparationOf({
  denoise,
  samples,
}: {
  readonly denoise: string | undefined;
  readonly samples: SampleKind;
}): Preparation | undefined {
  const means = samples === "means" && { samples };
  if (denoise === undefined) return means || undefined;
  if (denoise === "auto") return { denoise, ...means };
  const sigma = Number(denoise);
  if (!(sigma > 0 && sigma <= 1)) {
    throw new UserError(
      `--denoise ${denoise} must be auto or a number above 0 and at most 1, a fraction of the black-to-white range`,
    );
  }
  return { denoise: sigma, ...means };
}

/** A preprocessed signal. Throws UserError where the model has no preprocessing. */
export function preparedBy(
  model: string,
  signal: Signal,
  preparation: Preparation | undefined,
): Prepared {
  if (!preparation) return { signal };
  const { prepare } = familyOf(model);
  if (!prepare) {
    const able = familyNames.filter((name) => families[name].prepare).join(", ");
    throw new UserError(`--denoise and --samples means need --model ${able}, not ${model}`);
  }
  return prepare(signal, preparation);
}
