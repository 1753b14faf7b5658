import { bracket, psnrAt, type Trial } from "./bracket.ts";
import type { Contestant } from "./contestant.ts";
import type { Picture, Try } from "./trials.ts";

/** A codec with all its ways of encoding; the best way counts, anew for each picture and budget. */
export interface Entrant {
  readonly name: string;
  readonly ways: readonly Contestant[];
}

/** What a codec reaches with one picture and budget. */
export interface Score {
  readonly picture: string;
  readonly bpp: number;
  readonly name: string;
  /** Bytes that are allowed: those of `bpp` bits per pixel, rounded down. */
  readonly budget: number;
  /** dB at exactly the budget: of a file where one meets it, else between two files (see `psnrAt`). */
  readonly psnr: number;
  /** The largest file within the budget. */
  readonly file: Trial;
}

/** Every entrant with every picture at every rate, the same bytes for all. What has no file so small has no score. */
export async function compare(
  entrants: readonly Entrant[],
  pictures: readonly Picture[],
  rates: readonly number[],
  attempt: Try,
  report: (scores: readonly Score[]) => void,
): Promise<Score[]> {
  const all: Score[] = [];
  for (const picture of pictures) {
    for (const bpp of rates) {
      const { width, height } = picture.raster;
      const budget = Math.floor((width * height * bpp) / 8);
      const scores: Score[] = [];
      for (const { name, ways } of entrants) {
        const reached: Reached[] = [];
        for (const way of ways) {
          const one = await reach(way, picture, budget, attempt);
          if (one) reached.push(one);
        }
        const [best] = reached.sort((a, b) => b.psnr - a.psnr);
        if (best) scores.push({ picture: picture.name, bpp, name, budget, ...best });
      }
      all.push(...scores);
      report(scores);
    }
  }
  return all;
}

type Reached = Pick<Score, "psnr" | "file">;

async function reach(
  way: Contestant,
  picture: Picture,
  budget: number,
  attempt: Try,
): Promise<Reached | undefined> {
  if (way.kind === "bytes") {
    const file = await attempt(way, picture, budget);
    return file && { file, psnr: file.psnr };
  }
  const trial = async (step: number) => (await attempt(way, picture, step))!; // a scale has a file at each step
  const found = await bracket(way.steps, trial, budget);
  const psnr = psnrAt(found, budget);
  return psnr === undefined ? undefined : { file: found.below!, psnr };
}
