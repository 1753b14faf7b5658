import { decodeArray } from "../../array/decodeArray.ts";
import { elementTypeOf } from "../../array/elements.ts";
import { checkFilePath } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile, readWholeFile } from "../../data/files/readWholeFile.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { arrayText, checkArrayName, writeArrayOutput } from "../shared/arrayFiles.ts";
import { checkKind } from "../shared/fileKinds.ts";

/** `ondelette array decode`: the array of a compressed file, or of its beginning. */
export const command = defineCommand({
  about: "Of a file that was cut short, decodes all that the remaining bytes determine.",
  positionals: { file: "compressed file to decode" },
  options: {
    out: outputOption("array (.npy) or sound (.wav) to write"),
    bytes: {
      type: "integer",
      min: 1,
      max: 1e12,
      otherwise: "all",
      help: "decode only the first N bytes of the file: a coarser array",
    },
  },
  examples: [
    "ondelette array decode volume.ondl -o volume.npy",
    "ondelette array decode speech.ondl -o speech.wav",
    "ondelette array decode volume.ondl -o coarse.npy --bytes 3000",
  ],
  async run({ file, out, bytes: first }, io) {
    await checkRegularFile(file);
    checkArrayName(out);
    await checkFilePath(out);
    await checkOutput(out, [file]);
    const whole = await readWholeFile(file);
    const bytes = whole.subarray(0, first);
    checkKind(bytes, file, ["array"]);
    const decoded = decodeArray(bytes, { name: file });
    const { shape, data, rate, maxError, finished, missingBytes } = decoded;
    await writeArrayOutput(out, decoded, file);
    if (missingBytes > 0 && bytes.length === whole.length)
      io.log(`${file} is cut short by ${missingBytes} bytes`);
    const type = elementTypeOf(data)?.name ?? "f8";
    const wrong =
      maxError === undefined
        ? ""
        : maxError === 0
          ? ", lossless"
          : `, errors of at most ${Number(maxError.toPrecision(4))}`;
    io.print(`${out}: ${arrayText(shape, type, rate)} from ${bytes.length} bytes${wrong}`);
    return {
      ...{ file: out, shape, type, rate: rate ?? null, bytes: bytes.length },
      ...{ maxError: maxError ?? null, finished, missingBytes },
    };
  },
});
