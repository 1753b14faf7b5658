import { readFile } from "node:fs/promises";
import { writeImage } from "../../data/images/sharpImage.ts";
import { readContainer } from "../../image/file/container.ts";
import { synthesize } from "../../image/language/language.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";

/** `ondelette image decode`: the picture of a compressed file, or of its beginning. */
export const command = defineCommand({
  about: "A file that was cut short gives the picture of the tokens that are certain.",
  positionals: { file: "compressed file to decode" },
  options: {
    out: outputOption("picture to write (.png)", "IMAGE"),
    tokens: {
      type: "integer",
      min: 0,
      help: "decode only the first so many tokens: a coarser picture",
    },
  },
  examples: [
    "ondelette image decode photo.ondl -o photo.png",
    "ondelette image decode photo.ondl -o coarse.png --tokens 20000",
  ],
  async run({ file, out: output, tokens }, io) {
    const limit = tokens === undefined ? {} : { limit: tokens };
    const contents = readContainer(await readFile(file), file, limit);
    const { language, approximation, tokenCount, finished, missingBytes } = contents;
    await writeImage(output, synthesize(approximation, language).raster);

    const { width, height } = language;
    if (missingBytes > 0)
      io.log(`${file} is cut short by ${missingBytes} bytes: ${tokenCount} tokens are certain`);
    const part = finished ? "all" : "the first";
    io.print(`${output}: ${width}×${height} pixels from ${part} ${tokenCount} tokens`);
    return { file: output, width, height, tokens: tokenCount, finished, missingBytes };
  },
});
