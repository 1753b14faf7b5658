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

/** Options that say what is done to a signal before a field is fitted to it. */
export const preparationOptions = {
  denoise: {
    type: "string",
    placeholder: "SIGMA",
    help: "take noise away first: its standard deviation, as a part of the way from black to white, or auto",
  },
  samples: {
    type: "choice",
    choices: sampleKinds,
    default: "points",
    help: "values at points, or means over cells, as a camera's: those are enlarged sharper",
  },
} as const satisfies Options;

/** What is to be done to the signal, if anything. Throws UserError where the strength of noise is none. */
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
      `--denoise ${denoise} must be auto, or a number above 0 and up to 1, the whole way from black to white`,
    );
  }
  return { denoise: sigma, ...means };
}

/** A signal made ready. Throws UserError where the model knows no such thing. */
export function preparedBy(
  model: string,
  signal: Signal,
  preparation: Preparation | undefined,
): Prepared {
  if (!preparation) return { signal };
  const { prepare } = familyOf(model);
  if (!prepare) {
    const able = familyNames.filter((name) => families[name].prepare).join(", ");
    throw new UserError(
      `--denoise and --samples means are for --model ${able}: ${model} has no wavelets of the samples to do it with`,
    );
  }
  return prepare(signal, preparation);
}
