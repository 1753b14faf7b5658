import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, zstdCompressSync } from "node:zlib";
import { encodeWav } from "../../src/data/index.ts";
import type { Subject } from "./subjects.ts";

const zstd = (bytes: Uint8Array): number =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }).length;

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>) =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Bytes of zstd of the samples as they are. */
export const zstdRaw = ({ data }: Subject): number => zstd(bytesOf(data.slice()));

/**
 * Bytes of zstd of the samples in steps of twice the error, each less what its neighbors before foretell: along the last axis, or along all axes (Ibarria
 * et al. 2003, "Lorenzo"), and low and high bytes one behind the other; the fewest.
 */
export function zstdOfSteps({ data, shape }: Subject, maxError: number): number {
  const unit = data instanceof Int16Array ? 2 * Math.floor(maxError) + 1 : 2 * maxError;
  const steps = Int32Array.from(data, (x) => Math.round(x / unit));
  const alongLast = differences(steps, shape.at(-1) ?? 1, 1);
  let alongAll: Int32Array = steps;
  let stride = 1;
  for (const length of shape.toReversed()) {
    alongAll = differences(alongAll, length, stride);
    stride *= length;
  }
  return Math.min(zstd(bytePlanes(alongLast)), zstd(bytePlanes(alongAll)));
}

function differences(values: Int32Array, length: number, stride: number): Int32Array {
  return values.map((x, i) =>
    Math.floor(i / stride) % length === 0 ? x : x - values[i - stride]!,
  );
}

/** The lowest bytes of all numbers, then the next ones, as many as are needed; signs at the bottom. */
function bytePlanes(values: Int32Array): Uint8Array {
  const folded = values.map((x) => (x << 1) ^ (x >> 31));
  const most = folded.reduce((largest, x) => Math.max(largest, x >>> 0), 0);
  const planes = most < 2 ** 8 ? 1 : most < 2 ** 16 ? 2 : most < 2 ** 24 ? 3 : 4;
  const bytes = new Uint8Array(planes * values.length);
  for (let plane = 0, at = 0; plane < planes; plane++)
    for (const x of folded) bytes[at++] = x >>> (8 * plane);
  return bytes;
}

/** Work in a folder that is removed. */
function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "ondelette-arrays-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The output of a program; undefined where it is not installed. */
function output(program: string, words: readonly string[]): string | undefined {
  try {
    return execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Bytes of zfp at the largest tolerance, in halves of octaves, that keeps the error; undefined where it is not installed. */
export const zfp = ({ data, shape }: Subject, maxError: number): number | undefined =>
  inFolder((folder) => {
    const [raw, file, back] = ["raw", "zfp", "back"].map((name) => join(folder, name)) as [
      ...[string, string, string],
    ];
    const floats = Float32Array.from(data);
    writeFileSync(raw, bytesOf(floats));
    const size = [`-${shape.length}`, ...shape.toReversed().map(String)];
    for (let octave = 8; octave >= -4; octave--) {
      const tolerance = maxError * 2 ** (octave / 2);
      const words = ["-f", ...size, "-a", `${tolerance}`, "-i", raw, "-z", file, "-o", back];
      if (output("zfp", words) === undefined) return undefined;
      const bytes = readFileSync(back);
      const found = new Float32Array(bytes.buffer, bytes.byteOffset, floats.length);
      if (floats.every((x, i) => Math.abs(x - found[i]!) <= maxError)) return statSync(file).size;
    }
    return undefined;
  });

/** Bytes of FLAC at its best; undefined where it is not installed. */
export const flac = ({ data, rate = 8000 }: Subject): number | undefined =>
  inFolder((folder) => {
    const [wav, file] = [join(folder, "a.wav"), join(folder, "a.flac")];
    writeFileSync(wav, encodeWav({ rate, samples: Float32Array.from(data, (x) => x / 2 ** 15) }));
    const words = ["--best", "--silent", "--no-padding", "-f", "-o", file, wav];
    return output("flac", words) === undefined ? undefined : statSync(file).size;
  });
