import { UserError } from "../../errors/userError.ts";
import type { Aim } from "../../image/compression/rate.ts";
import type { Options } from "../parser/options.ts";

/** The quality of a picture for which nothing is asked. */
const usualQuality = 75;

/** How large a compressed picture may be, or how good it must be. */
export const aimOptions = {
  bytes: {
    type: "integer",
    min: 64,
    max: 1e9,
    otherwise: "by --quality",
    help: "bytes of the file",
  },
  bpp: {
    type: "number",
    min: 0.001,
    max: 48,
    otherwise: "by --quality",
    help: "bits of the file for each pixel",
  },
  psnr: {
    type: "number",
    min: 5,
    max: 80,
    otherwise: "by --quality",
    help: "dB that the picture reaches at least",
  },
  quality: {
    type: "number",
    min: 0,
    max: 100,
    otherwise: `${usualQuality}`,
    help: "0 to 100: 10 more mean half the error",
  },
} as const satisfies Options;

/** Options of which one alone can be given. */
interface Given {
  readonly bytes?: number | undefined;
  readonly bpp?: number | undefined;
  readonly psnr?: number | undefined;
  readonly quality?: number | undefined;
  readonly finest?: number | undefined;
  readonly lossless?: boolean | undefined;
  readonly language?: string | undefined;
  readonly wavelet?: string | undefined;
  readonly run?: string | undefined;
}

/** Throws UserError where options say two things about the size or quality. */
export function checkAim(given: Given): void {
  const { bytes, bpp, psnr, quality, finest, lossless, language, wavelet, run } = given;
  const aims = Object.entries({ bytes, bpp, psnr, quality, finest })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  if (lossless) aims.push("--lossless");
  const [asked] = aims;
  if (run !== undefined && (asked ?? language ?? wavelet) !== undefined)
    throw new UserError(
      `with --run the model tells how good pictures are; leave out ${asked ?? (language === undefined ? "--wavelet" : "--language")}`,
    );
  if (aims.length > 1)
    throw new UserError(
      `give one of ${aims.join(" and ")}: each of them tells how good the picture is to be`,
    );
  const [first] = aims;
  if (
    (language ?? wavelet) !== undefined &&
    first &&
    first !== "--finest" &&
    first !== "--lossless"
  )
    throw new UserError(
      `${first} is for the codec for photographs; with ${language === undefined ? "--wavelet" : "--language"} give --finest`,
    );
}

/** What the options ask of a picture. */
export function aimOf(
  { bytes, bpp, psnr, quality = usualQuality, finest }: Given,
  { width, height }: { readonly width: number; readonly height: number },
): Aim {
  if (bytes !== undefined) return { bytes };
  if (bpp !== undefined) return { bytes: Math.floor((bpp * width * height) / 8) };
  if (psnr !== undefined) return { psnr };
  if (finest !== undefined) return { step: 255 * finest };
  return { quality };
}
