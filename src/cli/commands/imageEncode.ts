import { encodeTokens } from "../../codec/encode.ts";
import { vocabularies } from "../../codec/tokens.ts";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { UserError } from "../../errors/userError.ts";
import { writeContainer } from "../../image/file/container.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { analyze, imageLanguage } from "../../image/language/language.ts";
import { imagePsnr } from "../../image/psnr.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { checkLosslessOptions, losslessOption } from "../shared/losslessOption.ts";
import { requireData } from "../shared/missingData.ts";

/** `ondelette image encode`: compresses a picture in the wavelet language. */
export const command = defineCommand({
  about:
    "Compresses the tokens with an adaptive range coder. Any beginning of the file decodes to a coarser picture. The " +
    "defaults suit photographs. A picture that comes back exactly has lossless true and PSNR null in --json.",
  positionals: { image: "picture to compress" },
  options: {
    out: outputOption("compressed file to write"),
    wavelet: {
      type: "choice",
      choices: imageWavelets,
      otherwise: "bior4.4, or bior2.2 with --lossless",
      help: "wavelet",
    },
    finest: {
      type: "number",
      min: 2 ** -20,
      max: 2 ** 20,
      otherwise: "0.0625",
      help: "finest threshold, a power of two; smaller means better quality and a larger file",
    },
    lossless: losslessOption,
    language: {
      type: "choice",
      choices: vocabularies,
      default: "blocks",
      help: "token vocabulary",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      help: "channels to keep; by default those of the picture",
    },
  },
  examples: [
    "ondelette image encode photo.png -o photo.ondl",
    "ondelette image encode scan.png -o scan.ondl --wavelet haar --finest 0.125 --color gray",
    "ondelette image encode photo.png -o exact.ondl --lossless",
  ],
  async run(args, io) {
    const { image, out: output, language: vocabulary, color: asked } = args;
    if (args.lossless) checkLosslessOptions(args);
    await requireData(image);
    await checkRegularFile(image);
    await checkFilePath(output);
    await checkOutput(output, [image]);
    const raster = await readImage(image, { onNote: ({ sentence }) => io.log(sentence) });
    const { width, height } = raster;
    const color = asked ?? (raster.channels === 3 ? "ycbcr" : "gray");
    if (args.lossless && color === "gray" && raster.channels === 3)
      throw new UserError(
        `${image} has colors, which --color gray would lose; leave it out with --lossless`,
      );
    const { wavelet = args.lossless ? "bior2.2" : "bior4.4", finest = 0.0625 } = args;
    const common = { wavelet, vocabulary, color };
    const language = imageLanguage(
      args.lossless ? { ...common, lossless: true } : { ...common, finest, padding: "edge" },
      raster,
    );
    const encoding = encodeTokens(analyze(raster, language), language.tokens);
    const bytes = writeContainer(encoding, language);
    await writeFileAtomically(output, bytes);

    const bitsPerPixel = (8 * bytes.length) / (width * height);
    const reached = imagePsnr(raster, encoding.approximation, language);
    const lossless = reached === Infinity;
    const quality = lossless ? "lossless" : `PSNR ${reached.toFixed(2)} dB`;
    const tokens = encoding.tokens.length;
    io.print(
      `${output}: ${bytes.length} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel, ` +
        `${quality}, ${tokens} tokens, ${width}×${height} pixels`,
    );
    return {
      ...{ file: output, bytes: bytes.length, bitsPerPixel },
      ...{ psnr: lossless ? null : reached, lossless },
      ...{ tokens, width, height, color },
    };
  },
});
