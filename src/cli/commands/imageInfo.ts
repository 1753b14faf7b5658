import { checkRegularFile, readWholeFile } from "../../data/files/readWholeFile.ts";
import { describeFile } from "../../image/file/describeFile.ts";
import { isModelFile, readModelHead } from "../../image/file/modelFile.ts";
import { defineCommand } from "../parser/command.ts";
import { refuseArray } from "../shared/arrayFiles.ts";

/** `ondelette image info`: what a compressed file says of itself. */
export const command = defineCommand({
  about: "Reads files of all versions, and the beginning of one. The picture is not decoded.",
  positionals: { file: "compressed file" },
  options: {},
  examples: ["ondelette image info photo.ondl", "ondelette image info photo.ondl --json"],
  async run({ file }, io) {
    await checkRegularFile(file);
    const bytes = await readWholeFile(file);
    refuseArray(bytes, file);
    if (isModelFile(bytes, file)) {
      const { model, sizes, codeBytes, missingBytes } = readModelHead(bytes, file);
      const pictures = sizes.length;
      io.print(
        `${file}: ${pictures} ${pictures === 1 ? "picture" : "pictures"} by the model ${model}…, version 4`,
      );
      io.print(`  ${bytes.length} bytes; ${codeBytes} of code`);
      if (missingBytes > 0)
        io.print(`  cut short: at least ${missingBytes} bytes are missing from its end`);
      return { file, version: 4, bytes: bytes.length, model, pictures, codeBytes, missingBytes };
    }
    const description = describeFile(bytes, file);
    const { width, height, channels, version, lossless, step, wavelet, levels } = description;
    const { codeBytes, isCut, missingBytes, sections, bits, hasAlpha } = description;
    const bitsPerPixel = (8 * bytes.length) / (width * height);
    const quality = lossless ? "lossless" : `step ${Number(step?.toPrecision(4))} gray levels`;
    io.print(
      `${file}: ${width}×${height} pixels, ${channels === 1 ? "gray" : "color"}${hasAlpha ? " and opacity" : ""}${bits === 8 ? "" : ` of ${bits} bits`}, version ${version}`,
    );
    io.print(`  ${quality}, ${wavelet} in ${levels} levels`);
    io.print(
      `  ${bytes.length} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel; ${codeBytes} of code` +
        (isCut ? ", the beginning of a longer one" : ""),
    );
    for (const { type, holds, bytes } of sections)
      io.print(`  section ${type}: ${holds}, ${bytes} bytes`);
    if (missingBytes > 0)
      io.print(`  cut short: at least ${missingBytes} bytes are missing from its end`);
    return {
      file,
      bytes: bytes.length,
      bitsPerPixel,
      ...description,
      sections: sections.map((section) => ({ ...section })),
    };
  },
});
