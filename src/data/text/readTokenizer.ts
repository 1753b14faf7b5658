import { missingPackage } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import { readWholeFile } from "../files/readWholeFile.ts";

/** Cuts a text into tokens: their numbers, with those that begin and end a text. */
export type Tokenize = (text: string) => number[];

/**
 * Reads a tokenizer of Hugging Face (`tokenizer.json`), as CLIP's and other text encoders have one. Throws UserError where the
 * file is missing (`not-found`) or no such tokenizer, and `missing-dependency` without the package `@huggingface/tokenizers`.
 *
 * @example
 * const tokenize = await readTokenizer("clip/tokenizer.json");
 * tokenize("a red apple"); // [49406, …, 49407]
 */
export async function readTokenizer(path: string): Promise<Tokenize> {
  const { Tokenizer } = await import("@huggingface/tokenizers").catch((error) => {
    throw missingPackage({ name: "@huggingface/tokenizers", feature: "text encoders" }, error);
  });
  const text = (await readWholeFile(path)).toString();
  try {
    const tokenizer = new Tokenizer(JSON.parse(text), {});
    tokenizer.encode("a text");
    return (text) => tokenizer.encode(text).ids;
  } catch (cause) {
    throw new UserError(
      `${path} is not a tokenizer.json that can be followed`,
      "unsupported-file",
      {
        cause,
      },
    );
  }
}
