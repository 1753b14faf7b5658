import { checkRegularFile, readWholeFile } from "../../data/files/readWholeFile.ts";
import { isFieldFile, readFieldFileHead } from "../../field/families/expansion/bytes/fieldFile.ts";
import { describeSignal } from "../../field/signal/signal.ts";
import { describeFile } from "../../image/file/describeFile.ts";
import { isModelFile, readModelHead } from "../../image/file/modelFile.ts";
import { isSetFile, readSetFile } from "../../image/file/setFile.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { checkKind } from "../shared/fileKinds.ts";

/** `ondelette image info`: what a compressed file says of itself. */
export const command = defineCommand({
  about: "Reads files of all versions, and the beginning of one. The picture is not decoded.",
  positionals: { file: "compressed file" },
  options: {},
  examples: ["ondelette image info photo.ondl", "ondelette image info photo.ondl --json"],
  async run({ file }, io) {
    await checkRegularFile(file);
    const bytes = await readWholeFile(file);
    checkKind(bytes, file, ["picture", "set", "model", "field"]);
    if (isModelFile(bytes, file)) {
      const { model, sizes, ...more } = readModelHead(bytes, file);
      const set = { ...more, file, bytes: bytes.length, sizes };
      return { ...describeSet(set, `by the model ${model}…`, io), model };
    }
    if (isSetFile(bytes, file)) {
      const { heads, names, codeBytes, missingBytes } = readSetFile(bytes, file);
      const isLossless = heads.every(({ coding }) => coding.type === "lossless");
      const set = { file, bytes: bytes.length, sizes: heads, names, codeBytes, missingBytes };
      const described = describeSet(set, isLossless ? "lossless" : "lossy", io);
      return { ...described, lossless: isLossless };
    }
    if (isFieldFile(bytes, file)) {
      const { head, code, missingBytes } = readFieldFileHead(bytes, file);
      const { channels, step, isCut, grid } = head;
      const codeBytes = code.length;
      io.print(
        `${file}: a field of ${describeSignal({ size: grid.samples, channels })}, version 4`,
      );
      io.print(
        `  step ${Number(step.toPrecision(4))} of values from -1 to 1, cdf9/7 in ${grid.depth} levels`,
      );
      io.print(
        `  ${bytes.length} bytes; ${codeBytes} of code` +
          (isCut ? ", the beginning of a longer one" : ""),
      );
      if (missingBytes > 0)
        io.print(`  cut short: at least ${missingBytes} bytes are missing from its end`);
      const size = [...grid.samples];
      return {
        ...{ file, version: 4, bytes: bytes.length, size, channels, levels: grid.depth, step },
        ...{ codeBytes, isCut, missingBytes },
      };
    }
    const description = describeFile(bytes, file);
    const { width, height, channels, version, lossless, step, wavelet, levels } = description;
    const { codeBytes, isCut, missingBytes, sections, bits, hasAlpha, colors } = description;
    const { order, tiles, sizes, pixelsPerDegree } = description;
    const bitsPerPixel = (8 * bytes.length) / (width * height);
    const quality = lossless ? "lossless" : `step ${Number(step?.toPrecision(4))} gray levels`;
    io.print(
      `${file}: ${width}×${height} pixels, ${channels === 1 ? "gray" : "color"}${hasAlpha ? " and opacity" : ""}${bits === 8 ? "" : ` of ${bits} bits`}, version ${version}`,
    );
    io.print(
      colors === null
        ? `  ${quality}, ${wavelet} in ${levels} levels`
        : `  ${quality}, by a list of ${colors} ${colors === 1 ? "color" : "colors"}`,
    );
    io.print(
      `  ${bytes.length} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel; ${codeBytes} of code` +
        (isCut ? ", the beginning of a longer one" : ""),
    );
    if (pixelsPerDegree !== null)
      io.print(`  weighted by what is seen at ${pixelsPerDegree} pixels per degree of sight`);
    if (order === "resolution")
      io.print(
        `  in the order of resolution: ${sizes.map(({ size, bytes }) => `${size} pixels ${bytes} bytes`).join(", ")}`,
      );
    if (tiles) io.print(`  ${tiles.count} tiles of ${tiles.side}×${tiles.side} pixels`);
    for (const { type, holds, bytes } of sections)
      io.print(`  section ${type}: ${holds}, ${bytes} bytes`);
    if (missingBytes > 0)
      io.print(`  cut short: at least ${missingBytes} bytes are missing from its end`);
    return {
      file,
      bytes: bytes.length,
      bitsPerPixel,
      ...description,
      tiles: tiles && { ...tiles },
      sizes: sizes.map((size) => ({ ...size })),
      sections: sections.map((section) => ({ ...section })),
    };
  },
});

interface DescribedSet {
  readonly file: string;
  readonly bytes: number;
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly names: readonly string[] | undefined;
  readonly codeBytes: number;
  readonly missingBytes: number;
}

/** Prints what a file of several pictures says of itself. */
function describeSet(
  { file, bytes, sizes, names, codeBytes, missingBytes }: DescribedSet,
  kind: string,
  io: Io,
) {
  const pictures = sizes.length;
  const found = new Set(sizes.map(({ width, height }) => `${width}×${height}`));
  io.print(`${file}: ${pictures} ${pictures === 1 ? "picture" : "pictures"} ${kind}, version 4`);
  io.print(
    `  ${found.size <= 4 ? [...found].join(", ") : `${found.size} sizes`}${names ? ", with names" : ""}`,
  );
  io.print(`  ${bytes} bytes; ${codeBytes} of code`);
  if (missingBytes > 0)
    io.print(`  cut short: at least ${missingBytes} bytes are missing from its end`);
  return {
    file,
    version: 4,
    bytes,
    pictures,
    names: names ? [...names] : null,
    codeBytes,
    missingBytes,
  };
}
