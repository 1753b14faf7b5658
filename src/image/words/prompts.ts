import { UserError } from "../../errors/userError.ts";
import type { Region, WordsOfRegion } from "../model.ts";
import type { ImageConfig } from "../run.ts";
import type { ReadVectors, TextVectors } from "./captionVectors.ts";
import { captionReader } from "./captionWords.ts";

/** What a picture or a part of it is to show. */
export interface Prompt {
  readonly text: string;
  /** The whole picture by default. */
  readonly region?: Region | undefined;
}

/**
 * Prompts as a person types them: a text for a whole picture, or `x,y,width,height: text` for a part of it, in pixels. Texts
 * without a part are a picture each; where one has a part, all of them describe one picture.
 *
 * @example
 * readPrompts(["a cat", "a dog"]); // two pictures
 * readPrompts(["0,0,16,32: a cat", "16,0,16,32: a dog"]); // one
 */
export function readPrompts(texts: readonly string[]): (readonly Prompt[])[] {
  const prompts = texts.map(readPrompt);
  const isOne = prompts.some(({ region }) => region);
  return isOne ? [prompts] : prompts.map((prompt) => [prompt]);
}

function readPrompt(typed: string): Prompt {
  const match = /^\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*:(.*)$/su.exec(typed);
  if (!match) return { text: typed.trim() };
  const [x = 0, y = 0, width = 0, height = 0] = match.slice(1, 5).map(Number);
  return { text: (match[5] ?? "").trim(), region: { x, y, width, height } };
}

/** What a prompt is called beside its pictures. */
export const promptName = (prompts: readonly Prompt[]): string =>
  prompts.map(({ text }) => text).join(" | ");

/** What of a run reads texts. */
export interface TextReading {
  readonly config: Pick<ImageConfig, "words">;
  /** Makes vectors of texts, of runs that read such. */
  readonly readVectors?: ReadVectors | undefined;
}

/**
 * The vectors that a run needs to read texts; none where it reads pieces. Throws UserError where it reads vectors and has
 * nothing that makes them.
 */
export async function vectorsOfTexts(
  { config: { words }, readVectors }: TextReading,
  texts: Iterable<string>,
): Promise<TextVectors | undefined> {
  if (words?.kind !== "vectors") return undefined;
  const wanted = [...texts].filter((text) => text !== "");
  if (wanted.length > 0 && !readVectors) {
    throw new UserError(
      "this run reads texts by the files of a text encoder, which cannot be opened here",
    );
  }
  return readVectors?.(words, wanted);
}

/** The vectors that a run needs to read prompts: see {@link vectorsOfTexts}. */
export const promptVectors = (
  run: TextReading,
  prompts: readonly (readonly Prompt[])[],
): Promise<TextVectors | undefined> =>
  vectorsOfTexts(
    run,
    prompts.flat().map(({ text }) => text),
  );

/**
 * The words of the prompts of one picture, for the model of a run, with the `vectors` of {@link promptVectors}. Throws UserError where the run was trained without words,
 * where it knows nothing of a prompt or cannot read all of it, and where a part reaches outside of the picture.
 */
export function promptWords(
  prompts: readonly Prompt[],
  { words: reading, width, height }: Pick<ImageConfig, "words" | "width" | "height">,
  vectors?: TextVectors,
): WordsOfRegion[] {
  if (prompts.length === 0) return [];
  if (!reading) {
    throw new UserError(
      "this run was trained on pictures without captions and cannot be told what to draw",
    );
  }
  const reader = captionReader(reading, vectors);
  return prompts.map(({ text, region }) => {
    const words = reader.read(text);
    if (words.length === 0) {
      throw new UserError(`“${text}” has no letters that the captions of this run have`);
    }
    if (reading.kind === "pieces" && reader.isTooLong(text)) {
      throw new UserError(
        `“${text}” has more words than the ${reading.length} pieces that this run reads`,
      );
    }
    if (region && !isInside(region, width, height)) {
      const { x, y, width: w, height: h } = region;
      throw new UserError(
        `the part ${x},${y},${w},${h} of “${text}” is not inside the picture of ${width}×${height} pixels`,
      );
    }
    return { words, region };
  });
}

const isInside = (r: Region, width: number, height: number): boolean =>
  r.width > 0 && r.height > 0 && r.x + r.width <= width && r.y + r.height <= height;
