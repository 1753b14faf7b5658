import { readArrayFileHead } from "../../array/arrayFile.ts";
import { sampleCount } from "../../array/axes.ts";
import { axesOfHead } from "../../array/reconstruct.ts";
import { SectionType } from "../../codec/file/sections.ts";
import { checkRegularFile, readWholeFile } from "../../data/files/readWholeFile.ts";
import { defineCommand } from "../parser/command.ts";
import { arrayText } from "../shared/arrayFiles.ts";
import { checkKind } from "../shared/fileKinds.ts";

const contents: Readonly<Record<string, string>> = {
  [SectionType.array]: "head of the array",
  [SectionType.values]: "values that occur",
  [SectionType.code]: "code of the array",
  [SectionType.corrections]: "corrections",
};

/** `ondelette array info`: what the file of an array says of itself. */
export const command = defineCommand({
  about: "Reads the beginning of a file as well. The array is not decoded.",
  positionals: { file: "compressed file" },
  options: {},
  examples: ["ondelette array info volume.ondl", "ondelette array info volume.ondl --json"],
  async run({ file }, io) {
    await checkRegularFile(file);
    const bytes = await readWholeFile(file);
    checkKind(bytes, file, ["array"]);
    const { head, sections, missingBytes } = readArrayFileHead(bytes, file);
    const { element, shape, coding, startingPlane, isCut, maxError, rate } = head;
    const levels = axesOfHead(head).map((axis) => axis.levels);
    const bitsPerSample = (8 * bytes.length) / Math.max(sampleCount(shape), 1);
    const unit = coding.type === "stored" ? null : coding.unit;
    const text = Number(unit?.toPrecision(4));
    const how = {
      smooth: () => `cdf9/7 with a step of ${text} in ${levels.join("×")} levels`,
      whole: () =>
        `${coding.type === "whole" && coding.isListed ? "numbers of values that occur" : `whole multiples of ${text}`}, ` +
        `cdf5/3 in ${levels.join("×")} levels`,
      stored: () => "samples as they are",
    }[coding.type]();
    const promise =
      maxError === undefined
        ? "no maximal error"
        : maxError === 0
          ? "lossless"
          : `errors of at most ${maxError}`;
    io.print(`${file}: ${arrayText(shape, element.name, rate)}, version 4`);
    io.print(`  ${promise}; ${how}`);
    io.print(
      `  ${bytes.length} bytes, ${bitsPerSample.toFixed(3)} bits per sample` +
        (isCut ? "; the beginning of a longer code" : ""),
    );
    for (const { type, content } of sections)
      io.print(`  section ${type}: ${contents[type] ?? "unknown"}, ${content.length} bytes`);
    if (missingBytes > 0)
      io.print(`  cut short: at least ${missingBytes} bytes are missing from its end`);
    return {
      ...{ file, version: 4, bytes: bytes.length, bitsPerSample, shape, type: element.name },
      ...{ rate: rate ?? null, maxError: maxError ?? null, coding: coding.type, unit, levels },
      ...{ startingPlane, isCut, missingBytes },
      sections: sections.map(({ type, content }) => ({
        ...{ type, holds: contents[type] ?? "unknown", bytes: content.length },
      })),
    };
  },
});
