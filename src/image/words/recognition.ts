import { createRandom } from "../../data/random/random.ts";
import type { Example, Scorer } from "../model.ts";
import type { CaptionReader } from "./captionWords.ts";

/** How many captions a picture's own is to be told from. */
export const rivalCount = 9;

/**
 * Other captions than a picture's own, up to nine different ones of `captions`, drawn by a hash of `key`: the same for the
 * same lists at all times.
 */
export function rivalsOf(caption: string, captions: readonly string[], key: string): string[] {
  const others = [...new Set(captions)].filter((other) => other !== caption && other !== "").sort();
  if (others.length <= rivalCount) return others;
  const random = createRandom(`rivals of ${key}`);
  const drawn = new Set<string>();
  while (drawn.size < rivalCount) drawn.add(others[random.integer(others.length)]!); // below the length
  return [...drawn];
}

/** Whether a picture is likelier under its own caption than under each of its rivals. */
export async function isRecognized(
  scorer: Scorer,
  example: Example,
  ownBits: number,
  rivals: readonly string[],
  reader: CaptionReader,
): Promise<boolean> {
  const told = rivals.map((caption) => ({ ...example, words: reader.read(caption) }));
  const bits = await scorer.bits(told);
  return bits.every((other) => ownBits < other);
}
