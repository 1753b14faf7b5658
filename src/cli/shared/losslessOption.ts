import { UserError } from "../../errors/userError.ts";
import type { ImageWavelet } from "../../image/language/imageWavelets.ts";
import { integerLiftings } from "../../image/language/integerBands.ts";
import type { BooleanOption } from "../parser/options.ts";

/** `--lossless`: a language of integers that ends at the last bit. */
export const losslessOption = {
  type: "boolean",
  help: `keep every bit, by integer lifting: ${Object.keys(integerLiftings).join(" or ")}, no --finest`,
} as const satisfies BooleanOption;

/** Throws UserError, in terms of the options, where they contradict `--lossless`. */
export function checkLosslessOptions(given: {
  readonly wavelet?: ImageWavelet | undefined;
  readonly finest?: number | undefined;
  readonly reading?: "A" | "B" | undefined;
}): void {
  const { wavelet, finest, reading } = given;
  if (finest !== undefined)
    throw new UserError("give --lossless or --finest, not both: lossless ends at the last bit");
  if (wavelet !== undefined && !integerLiftings[wavelet]) {
    const able = Object.keys(integerLiftings).join(" or ");
    throw new UserError(`--lossless needs --wavelet ${able}, not ${wavelet}`);
  }
  if (reading === "B") throw new UserError("--lossless needs --reading A");
}
