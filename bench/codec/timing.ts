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

/** Runs of each, of which the fastest counts. */
const runs = 3;

/**
 * Processor time, in user and in system mode, of encoding a picture and of decoding it at a number of bytes. A program's time has its
 * start and its own reading and writing of pictures; that of this process is of the warm second and third run.
 */
export async function timingOf(
  contestant: Contestant,
  raster: Raster,
  bytes: number,
): Promise<Timing | undefined> {
  const encode = await encoderAt(contestant, raster, bytes);
  const file = await encode();
  if (!file) return undefined;
  const decode = () => contestant.decode(file, raster.channels);
  await decode();
  const clock = contestant.runs === "programs" ? secondsOfPrograms : secondsHere;
  return {
    ...{ name: contestant.name, bytes: file.length },
    ...{ encode: await least(encode, clock), decode: await least(decode, clock) },
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

async function least(work: () => Promise<unknown>, clock: () => number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = clock();
    await work();
    times.push(clock() - start);
  }
  return Math.min(...times);
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
      ...[name, `${bytes}`, encode.toFixed(2), decode.toFixed(2)],
    ]),
  ]);
