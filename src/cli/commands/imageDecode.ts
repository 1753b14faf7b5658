import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile, readWholeFile } from "../../data/files/readWholeFile.ts";
import { checkPngName, writeImage } from "../../data/images/writeImage.ts";
import { readContainer } from "../../image/file/container.ts";
import { synthesize } from "../../image/language/language.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";

/** `ondelette image decode`: the picture of a compressed file, or of its beginning. */
export const command = defineCommand({
  about: "Of a file that was cut short, decodes all tokens that the remaining bytes determine.",
  positionals: { file: "compressed file to decode" },
  options: {
    out: outputOption("picture to write (.png)", "IMAGE"),
    tokens: {
      type: "integer",
      min: 0,
      max: 1e12,
      otherwise: "all",
      help: "decode only the first N tokens: a coarser picture",
    },
  },
  examples: [
    "ondelette image decode photo.ondl -o photo.png",
    "ondelette image decode photo.ondl -o coarse.png --tokens 20000",
  ],
  async run({ file, out: output, tokens }, io) {
    await checkRegularFile(file);
    checkPngName(output);
    await checkFilePath(output);
    await checkOutput(output, [file]);
    const limit = tokens === undefined ? {} : { limit: tokens };
    const contents = readContainer(await readWholeFile(file), file, limit);
    const { language, approximation, tokenCount, finished, missingBytes } = contents;
    await writeImage(output, synthesize(approximation, language).raster);

    const { width, height } = language;
    if (missingBytes > 0)
      io.log(
        `${file} is cut short by ${missingBytes} bytes; the others determine ${tokenCount} tokens`,
      );
    const part = finished ? "all" : "the first";
    io.print(`${output}: ${width}×${height} pixels from ${part} ${tokenCount} tokens`);
    return { file: output, width, height, tokens: tokenCount, finished, missingBytes };
  },
});
