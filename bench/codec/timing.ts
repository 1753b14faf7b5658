import type { Raster } from "../../src/data/images/raster.ts";
import { bracket } from "./bracket.ts";
import type { Contestant } from "./contestant.ts";
import { secondsOfPrograms } from "./programs.ts";
import { tableOf } from "./table.ts";

/** Processor time of one contestant for one picture, in seconds. */
export interface Timing {
  readonly name: string;
  readonly bytes: number;
  readonly encode: number;
  readonly decode: number;
}

/**
 * Processor time, in user and in system mode, of encoding a picture and of decoding it at a number of bytes: the mean of some runs
 * after a first one. A program's time includes its start and its own reading and writing of pictures.
 */
export async function timingOf(
  contestant: Contestant,
  raster: Raster,
  bytes: number,
  runs: number,
): Promise<Timing | undefined> {
  const encode = await encoderAt(contestant, raster, bytes);
  const file = await encode();
  if (!file) return undefined;
  const decode = () => contestant.decode(file, raster.channels);
  await decode();
  const clock = contestant.runs === "programs" ? secondsOfPrograms : secondsHere;
  return {
    ...{ name: contestant.name, bytes: file.length },
    ...{ encode: await spent(encode, runs, clock), decode: await spent(decode, runs, clock) },
  };
}

async function encoderAt(contestant: Contestant, raster: Raster, bytes: number) {
  // A copy each time, so that nothing is remembered of the picture.
  const fresh = () => ({ ...raster });
  if (contestant.kind === "bytes") return () => contestant.encode(fresh(), bytes);
  const trial = async (step: number) => {
    const file = await contestant.encode(raster, step);
    return { step, bytes: file.length };
  };
  const { below, above } = await bracket(contestant.steps, trial, bytes);
  const { step } = (below ?? above)!; // one of them is there
  return () => contestant.encode(fresh(), step);
}

async function spent(work: () => Promise<unknown>, runs: number, clock: () => number) {
  const start = clock();
  for (let i = 0; i < runs; i++) await work();
  return (clock() - start) / runs;
}

function secondsHere(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A row for each contestant. */
export const timingTable = (timings: readonly Timing[]): string =>
  tableOf([
    ["seconds of processor time", "bytes", "encode", "decode"],
    ...timings.map(({ name, bytes, encode, decode }) => [
      ...[name, `${bytes}`, encode.toFixed(3), decode.toFixed(3)],
    ]),
  ]);
