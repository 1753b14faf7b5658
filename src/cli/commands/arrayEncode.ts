import { decodeArray } from "../../array/decodeArray.ts";
import { elementTypeOf } from "../../array/elements.ts";
import { encodeArray } from "../../array/encodeArray.ts";
import type { ArrayAim } from "../../array/toAim.ts";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import type { NpyData } from "../../data/formats/npy.ts";
import { UserError } from "../../errors/userError.ts";
import { defineCommand } from "../parser/command.ts";
import { type Args, type Options, outputOption } from "../parser/options.ts";
import { arrayText, readArrayInput } from "../shared/arrayFiles.ts";

/** The error of an array for which nothing is asked, as a part of its range. */
const usualError = 0.001;

const options = {
  out: outputOption("compressed file to write"),
  maxError: {
    type: "number",
    min: 0,
    max: Number.MAX_VALUE,
    otherwise: "by --relative-error",
    help: "by how much a sample may be wrong, in its own units; 1 is a step of a 16-bit sound",
  },
  relativeError: {
    type: "number",
    min: 0,
    max: 1,
    otherwise: `${usualError}`,
    help: "the same as a part of the range: of the largest sample less the least",
  },
  bytes: {
    type: "integer",
    min: 64,
    max: 1e9,
    otherwise: "by --relative-error",
    help: "bytes of the file",
  },
  psnr: {
    type: "number",
    min: 1,
    max: 300,
    otherwise: "by --relative-error",
    help: "dB that the array reaches at least, the range being the peak",
  },
  step: {
    type: "number",
    min: Number.MIN_VALUE,
    max: Number.MAX_VALUE,
    otherwise: "by --relative-error",
    help: "finest threshold of coefficients, in units of the samples",
  },
  lossless: { type: "boolean", help: "keep every sample as it is" },
} as const satisfies Options;

/** `ondelette array encode`: compresses a volume, a sound or another array. */
export const command = defineCommand({
  about:
    "Arrays have up to four axes, whole or floating-point samples, and keep their type and shape. With --max-error and " +
    "--relative-error no sample is wrong by more, in the type in which it is written. Any beginning of the file decodes to a " +
    "coarser array, of which nothing is promised.",
  positionals: { array: "array (.npy) or sound (.wav) to compress" },
  options,
  examples: [
    "ondelette array encode volume.npy -o volume.ondl --max-error 0.01",
    "ondelette array encode heights.npy -o heights.ondl --relative-error 1e-4",
    "ondelette array encode speech.wav -o speech.ondl --lossless",
    "ondelette array encode volume.npy -o small.ondl --bytes 20000",
  ],
  async run(args, io) {
    const { array: input, out } = args;
    checkAims(args);
    await checkRegularFile(input);
    await checkFilePath(out);
    await checkOutput(out, [input]);
    const { shape, data, rate } = await readArrayInput(input, io.log);
    const options = rate === undefined ? { name: input } : { name: input, rate };
    const { file, bitsPerSample, maxError } = encodeArray(
      { shape, data },
      aimOf(args, data),
      options,
    );
    const reached = errorOf(data, decodeArray(file).data);
    if (maxError !== undefined && !(reached <= maxError))
      throw new Error(`a sample is wrong by ${reached} instead of ${maxError}`);
    await writeFileAtomically(out, file);
    const type = elementTypeOf(data)?.name ?? "f8";
    const wrong =
      reached === 0 ? "lossless" : `errors of at most ${Number(reached.toPrecision(4))}`;
    io.print(
      `${out}: ${file.length} bytes, ${bitsPerSample.toFixed(3)} bits per sample, ${wrong}, ${arrayText(shape, type, rate)}`,
    );
    return {
      ...{ file: out, bytes: file.length, bitsPerSample, maxError: reached },
      ...{
        promisedError: maxError ?? null,
        lossless: reached === 0,
        shape,
        type,
        rate: rate ?? null,
      },
    };
  },
});

type EncodeArgs = Args<typeof options, { readonly array: string }>;

/** Throws UserError where options say two things. */
function checkAims({ maxError, relativeError, bytes, psnr, step, lossless }: EncodeArgs): void {
  const given = Object.entries({
    ...{ "--max-error": maxError, "--relative-error": relativeError, "--bytes": bytes },
    ...{ "--psnr": psnr, "--step": step, "--lossless": lossless || undefined },
  })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (given.length > 1)
    throw new UserError(
      `give one of ${given.join(" and ")}: each of them tells how good the array is to be`,
    );
}

function aimOf(
  { maxError, relativeError = usualError, bytes, psnr, step, lossless }: EncodeArgs,
  data: NpyData,
): ArrayAim {
  if (lossless) return { lossless: true };
  if (maxError !== undefined) return { maxError };
  if (bytes !== undefined) return { bytes };
  if (psnr !== undefined) return { psnr };
  if (step !== undefined) return { step };
  let [least, most] = [Infinity, -Infinity];
  for (const x of data) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  const error = relativeError * most - relativeError * least;
  return { maxError: Number.isFinite(error) ? error : 0 };
}

/** By how much a sample is wrong at most. */
function errorOf(data: NpyData, back: NpyData): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]! - back[i]!));
  return most;
}
