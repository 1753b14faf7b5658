import type { Entrant } from "./comparison.ts";
import type { ByQuality } from "./contestant.ts";
import { losslessPng, losslessRivals } from "./lossless.ts";
import { mozjpegs } from "./mozjpeg.ts";
import { ours, oursLossless, oursSmallest } from "./ours.ts";
import type { Rival } from "./rival.ts";
import { contestantsOf } from "./rivalContestants.ts";
import { rivals } from "./rivals.ts";

/** Ondelette and all rivals that are installed; `missing` hears of the others. */
export async function lossyEntrants(
  channels: 1 | 3,
  missing: (sentence: string) => void,
): Promise<Entrant[]> {
  const entrants: Entrant[] = [{ name: ours.name, ways: [ours] }];
  for (const rival of Object.values<Rival>(rivals)) {
    const ways = await contestantsOf(rival, channels);
    if (ways) entrants.push({ name: rival.name, ways });
    else missing(sentence(rival));
  }
  return [...entrants, { name: "JPEG by mozjpeg", ways: await mozjpegs(channels) }];
}

/** The same of those without loss. */
export async function losslessEntrants(
  channels: 1 | 3,
  missing: (sentence: string) => void,
): Promise<ByQuality[]> {
  const found: ByQuality[] = [oursLossless, oursSmallest];
  for (const rival of losslessRivals) {
    const ways = await contestantsOf(rival, channels);
    if (!ways) missing(sentence(rival));
    for (const way of ways ?? [])
      if (way.kind === "quality") found.push({ ...way, name: rival.name });
  }
  return [...found, await losslessPng()];
}

const sentence = ({ name, encoder, package: debian }: Rival) =>
  `${name} is left out: ${encoder} of Debian's ${debian} is not installed`;
