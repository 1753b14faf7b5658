import { createHash } from "node:crypto";
import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { UserError } from "../../errors/userError.ts";
import type { CaptionVectors, TextVectorSource, TextVectors } from "./captionVectors.ts";
import type { CaptionWords } from "./captionWords.ts";
import { openEmbeddings } from "./embeddings.ts";
import { openTextEncoder } from "./textEncoder.ts";
import type { TextVectorizer } from "./textVectorizer.ts";

/** Opens a source of text vectors. */
export const openTextVectors = (from: TextVectorSource): Promise<TextVectorizer> =>
  "encoder" in from
    ? openTextEncoder(from.encoder, from.tokenizer)
    : openEmbeddings(from.embeddings);

/** What a new run remembers of a source. */
export async function captionVectors(from: TextVectorSource): Promise<CaptionVectors> {
  await using source = await openTextVectors(from);
  const { width } = source;
  return { kind: "vectors", width, from, ...("encoder" in from && { sha256: await hashOf(from) }) };
}

/**
 * The vectors of texts as a run reads them, each scaled to numbers of 1 on average, so that no encoder's own scale matters; the
 * empty text has none. Throws UserError where the files are not those of the run, or where they have no vector for a text.
 */
export async function vectorsOf(
  { from, width, sha256 }: CaptionVectors,
  texts: Iterable<string>,
): Promise<TextVectors> {
  const wanted = [...new Set(texts)].filter((text) => text !== "");
  if (wanted.length === 0) return new Map();
  if ("encoder" in from && (await hashOf(from)) !== sha256) {
    throw new UserError(
      `${from.encoder} or ${from.tokenizer} is not the file that this run was trained with`,
      "contradicts-run",
    );
  }
  await using source = await openTextVectors(from);
  if (source.width !== width) {
    throw new UserError(
      `${"encoder" in from ? from.encoder : from.embeddings} has vectors of ${source.width} numbers, and this run reads ${width}`,
      "contradicts-run",
    );
  }
  const vectors = await source.vectors(wanted);
  return new Map(wanted.map((text, i) => [text, scaled(vectors[i]!, text)])); // a vector each
}

function scaled(vector: readonly number[], text: string): readonly number[] {
  const length = Math.hypot(...vector);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) {
    throw new UserError(`the vector of “${text}” has no length to scale: it is zero or not finite`);
  }
  const factor = Math.sqrt(vector.length) / length;
  return vector.map((x) => x * factor);
}

async function hashOf(from: { readonly encoder: string; readonly tokenizer: string }) {
  const hash = createHash("sha256");
  for (const path of [from.encoder, from.tokenizer]) hash.update(await readWholeFile(path));
  return hash.digest("hex");
}

/** The vectors that a run needs to read captions; none where it reads pieces. */
export const vectorsFor = async (
  words: CaptionWords | undefined,
  captions: Iterable<string>,
): Promise<TextVectors | undefined> =>
  words?.kind === "vectors" ? vectorsOf(words, captions) : undefined;
