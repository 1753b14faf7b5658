import { encodeTokens } from "../../codec/encode.ts";
import { vocabularies } from "../../codec/tokens.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { readImage } from "../../data/images/sharpImage.ts";
import { writeContainer } from "../../image/file/container.ts";
import { imageWavelets } from "../../image/language/imageWavelets.ts";
import { analyze, imageLanguage } from "../../image/language/language.ts";
import { imagePsnr } from "../../image/psnr.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";

/** `ondelette image encode`: compresses a picture in the wavelet language. */
export const command = defineCommand({
  about:
    "Tokens are compressed by an adaptive range coder. Any beginning of the file decodes to a coarser " +
    "picture; the defaults suit photographs.",
  positionals: { image: "picture to compress" },
  options: {
    out: outputOption("compressed file to write"),
    wavelet: { type: "choice", choices: imageWavelets, default: "bior4.4", help: "wavelet" },
    finest: {
      type: "number",
      default: 0.0625,
      help: "last threshold T_f, a power of two: the smaller, the closer and larger",
    },
    language: {
      type: "choice",
      choices: vocabularies,
      default: "blocks",
      help: "token vocabulary",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      help: "channels to keep; color if the picture has it",
    },
  },
  examples: [
    "ondelette image encode photo.png -o photo.ondl",
    "ondelette image encode scan.png -o scan.ondl --wavelet haar --finest 0.125 --color gray",
  ],
  async run({ image, out: output, wavelet, finest, language: vocabulary, color: asked }, io) {
    const raster = await readImage(image);
    const { width, height } = raster;
    const color = asked ?? (raster.channels === 3 ? "ycbcr" : "gray");
    const options = { wavelet, finest, vocabulary, color, padding: "edge" } as const;
    const language = imageLanguage(options, raster);
    const encoding = encodeTokens(analyze(raster, language), language.tokens);
    const bytes = writeContainer(encoding, language);
    await writeFileAtomically(output, bytes);

    const bitsPerPixel = (8 * bytes.length) / (width * height);
    const psnr = imagePsnr(raster, encoding.approximation, language);
    io.print(
      `${output}: ${bytes.length} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel, ` +
        `PSNR ${psnr.toFixed(2)} dB, ${encoding.tokens.length} tokens, ${width}×${height} pixels`,
    );
    const tokens = encoding.tokens.length;
    return { file: output, bytes: bytes.length, bitsPerPixel, psnr, tokens, width, height, color };
  },
});
