import { UserError } from "../../errors/userError.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { WordsOfRegion } from "../model.ts";
import type { Words } from "../words/wordSetting.ts";
import { gridSide } from "./stateSummary.ts";

/**
 * The words for each cell of the summary's grid. A decision is answered as if the whole picture were to show what the words
 * of its cell say: so it was trained, and pictures are made coherent by what is known of all of them.
 */
export interface CellWords {
  /** Different texts, at least one; the first may be empty. */
  readonly texts: readonly Words[];
  /** For each cell, row by row, the number of its text. */
  readonly textOf: Uint8Array;
}

/** The cells whose centers lie in a region have its words; of regions that overlap the last counts, and elsewhere nothing is said. Throws UserError where a region has no cell. */
export function cellWords(
  { frame, tokens }: Pick<ImageLanguage, "frame" | "tokens">,
  regions: readonly WordsOfRegion[] = [],
): CellWords {
  const { height, width } = tokens.geometry;
  const all: readonly WordsOfRegion[] = [{ words: [] }, ...regions];
  const last = Array.from({ length: gridSide ** 2 }, (_, cell) => {
    const x = (((cell % gridSide) + 0.5) * width) / gridSide - frame.left;
    const y = ((Math.floor(cell / gridSide) + 0.5) * height) / gridSide - frame.top;
    return all.findLastIndex(
      ({ region: r }) => !r || (x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height),
    );
  });
  const used = [...new Set(last)].sort((a, b) => a - b);
  const unseen = regions.find((_, k) => !used.includes(k + 1))?.region;
  if (unseen) {
    const { x, y, width: w, height: h } = unseen;
    const cell = `${width / gridSide}×${height / gridSide}`;
    throw new UserError(
      `the part ${x},${y},${w},${h} holds no place of its own: it is covered, or smaller than a cell of ${cell} pixels`,
    );
  }
  return {
    texts: used.map((k) => all[k]!.words), // an index of all
    textOf: Uint8Array.from(last, (k) => used.indexOf(k)),
  };
}
