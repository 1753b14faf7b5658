import { vocabularies } from "../../codec/tokens.ts";
import { UserError } from "../../errors/userError.ts";
import { psnrOfSeen } from "../../image/compression/rate.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { type Args, type Options, outputOption } from "../parser/options.ts";
import { aimOptions } from "./aimOptions.ts";
import { layoutOptions } from "./layoutOptions.ts";
import { losslessOption } from "./losslessOption.ts";
import { strictOption } from "./readImages.ts";
import { sharingOptions } from "./sharedWork.ts";

/** The options of `image encode`. */
export const encodeOptions = {
  out: outputOption("compressed file to write, or folder of such files"),
  wavelet: {
    type: "choice",
    choices: imageWavelets,
    otherwise: "bior4.4, or bior2.2 with --lossless",
    help: "wavelet of the paper's tokens",
  },
  ...aimOptions,
  finest: {
    type: "number",
    min: 2 ** -20,
    max: 2 ** 20,
    otherwise: "by --quality",
    help: "finest threshold, of samples from 0 to 1; smaller means better quality and a larger file",
  },
  lossless: losslessOption,
  smallest: {
    type: "boolean",
    help: "with --lossless: the shortest exact file, even where its beginnings are much worse pictures",
  },
  set: {
    type: "boolean",
    help: "make one file of all pictures of a folder: small ones of one kind cost much less together; with --lossless, --quality or --finest",
  },
  perceptual: {
    type: "boolean",
    help: "count errors by how well the eye sees them: fine details and colors get fewer bytes; not with --psnr",
  },
  ...layoutOptions,
  run: {
    type: "string",
    placeholder: "RUN",
    otherwise: "no model",
    help: "run folder of a trained model that codes the pictures, or the .safetensors file that export wrote; a folder of pictures becomes one file",
  },
  language: {
    type: "choice",
    choices: vocabularies,
    otherwise: "no tokens, but the codec for photographs",
    help: "write the paper's tokens, with its plain coder",
  },
  color: {
    type: "choice",
    choices: ["gray", "ycbcr"],
    help: "channels to keep; by default those of the picture",
  },
  metadata: {
    type: "boolean",
    help: "keep the color profile, with samples as they are under it, and the camera's notes (EXIF)",
  },
  strict: strictOption,
  ...sharingOptions,
} as const satisfies Options;

/** The arguments of `image encode`. */
export type EncodeArgs = Args<typeof encodeOptions, { readonly image: string }>;

/** Whether the paper's tokens are asked for. */
export const writesTokens = ({ language, wavelet }: EncodeArgs): boolean =>
  language !== undefined || wavelet !== undefined;

/** Throws UserError where `--perceptual` does not go with the others. */
export function checkPerceptual(args: EncodeArgs): void {
  if (!args.perceptual) return;
  if (args.psnr !== undefined) throw psnrOfSeen();
  if (args.lossless || args.set || args.run !== undefined || writesTokens(args))
    throw new UserError(
      "--perceptual is for pictures that are compressed to --bytes, --bpp, --quality or --finest; leave it out with --lossless, --set, --run, --language and --wavelet",
    );
}

/** Throws UserError where `--smallest` contradicts another option. */
export function checkSmallest(args: EncodeArgs): void {
  const { smallest, lossless, order, tiles, run } = args;
  if (!smallest) return;
  if (!lossless) throw new UserError("--smallest is for exact files; give --lossless too");
  if (writesTokens(args) || (order ?? tiles ?? run) !== undefined)
    throw new UserError(
      "--smallest chooses how a picture is coded; leave out --language, --wavelet, --order, --tiles and --run",
    );
}
