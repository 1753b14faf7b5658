import { parseArgs } from "node:util";
import { decodeArray } from "../src/array/decodeArray.ts";
import { encodeArray } from "../src/array/encodeArray.ts";
import { flac, zfp, zstdOfSteps, zstdRaw } from "./arrays/rivals.ts";
import { phantom, type Subject, speech, vortices, waves } from "./arrays/subjects.ts";

/**
 * Bytes of arrays at maximal errors, beside zstd, zfp and FLAC: `npm run bench -- arrays [--small] [--data FOLDER]`. zfp and FLAC are optional
 * (`apt install zfp flac`). Every sample of every file is checked. `--small` leaves out the array of 128³.
 */
export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { small: { type: "boolean" }, data: { type: "string", default: "../shared/data" } },
  });
  const sound = await speech(values.data, 60);
  const subjects: readonly Subject[] = [
    ...[phantom(64, 0), phantom(64, 0.01), vortices(64), waves(64)],
    ...(values.small ? [] : [waves(128)]),
    ...(sound ? [sound] : []),
  ];
  if (!sound) console.log(`no sound: ${values.data}/fsdd/recordings is absent`);
  console.log(
    "| array | error / range | **ondelette** | bits a sample | steps + zstd | zfp | zstd of samples | encode s/M | decode s/M |",
  );
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const subject of subjects) for (const part of [1e-2, 1e-3, 1e-4]) row(subject, part);
  if (sound) exactly(sound);
}

/** A row of the table: bytes at an error that is a part of the range. */
function row(subject: Subject, part: number): void {
  const { name, data } = subject;
  let [least, most] = [Infinity, -Infinity];
  for (const x of data) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  const maxError = part * (most - least);
  const ours = measured(subject, { maxError });
  const cells = [
    ...[name, part, `**${ours.bytes}**`, ((8 * ours.bytes) / data.length).toFixed(3)],
    ...[zstdOfSteps(subject, maxError), zfp(subject, maxError) ?? "–", zstdRaw(subject)],
    ...[ours.encode.toFixed(1), ours.decode.toFixed(1)],
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function exactly(sound: Subject): void {
  const { bytes, encode, decode } = measured(sound, { lossless: true });
  const samples = sound.data.length;
  console.log(
    `\n${sound.name} without loss, ${samples} samples: ${bytes} bytes, ${((8 * bytes) / samples).toFixed(3)} bits a sample ` +
      `(${encode.toFixed(1)} and ${decode.toFixed(1)} s/M); FLAC ${flac(sound) ?? "–"}, steps + zstd ${zstdOfSteps(sound, 0)}`,
  );
}

/** Bytes of an array, and the seconds of processor time that a million samples take. Throws where a sample is wrong by more than promised. */
function measured(
  { shape, data }: Subject,
  aim: { readonly maxError: number } | { readonly lossless: true },
) {
  const begun = process.cpuUsage();
  const { file, maxError = Infinity } = encodeArray({ shape, data }, aim);
  const encoded = process.cpuUsage(begun);
  const between = process.cpuUsage();
  const back = decodeArray(file).data;
  const decoded = process.cpuUsage(between);
  for (const [i, x] of data.entries())
    if (!(Math.abs(x - back[i]!) <= maxError))
      throw new Error(`sample ${i} is wrong by more than promised`);
  const perMillion = ({ user, system }: NodeJS.CpuUsage) => (user + system) / data.length;
  return { bytes: file.length, encode: perMillion(encoded), decode: perMillion(decoded) };
}
