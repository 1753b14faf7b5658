import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { readTokenizer } from "../../data/text/readTokenizer.ts";
import { UserError } from "../../errors/userError.ts";
import type { FileValue } from "../../runtime/onnxProto.ts";
import { onnxSummary } from "../../runtime/onnxSummary.ts";
import { openOnnx } from "../../runtime/openOnnx.ts";
import type { TextVectorizer } from "./textVectorizer.ts";

/** Most tokens of a text where the network does not say: CLIP's context. */
const usualLength = 77;

/** Inputs that a text encoder may have, in CLIP's layout: the tokens, 1 for each of them, and 0 for each. */
const inputNames = ["input_ids", "attention_mask", "token_type_ids"] as const;

/** Outputs that hold the vector of a text, the first before the others: projected beside pictures, or as the network has it. */
const outputNames = ["text_embeds", "pooler_output", "sentence_embedding"];

/**
 * The text part of CLIP, or any encoder of its layout, as an ONNX file: `input_ids` `[1, tokens]` with a start and an end token,
 * `attention_mask` where it asks for one, to `text_embeds` or `pooler_output`, `[1, numbers]`. Texts of more tokens than the
 * network takes are cut before their end token, as CLIP's own tokenizer cuts them. Throws UserError where the network has
 * another form.
 */
export async function openTextEncoder(
  path: string,
  tokenizerPath: string,
): Promise<TextVectorizer> {
  const bytes = await readWholeFile(path);
  const { inputs, outputs } = onnxSummary(bytes);
  const stray = inputs.find(({ name }) => !inputNames.some((known) => known === name));
  const ids = inputs.find(({ name }) => name === "input_ids");
  if (stray !== undefined || ids === undefined) {
    throw new UserError(
      `${path} has the inputs ${namesOf(inputs)}; a text encoder has ${inputNames[0]}, and perhaps ${inputNames.slice(1).join(" and ")}`,
      "wrong-kind",
    );
  }
  const output = outputNames.find((known) => outputs.some(({ name }) => name === known));
  const found = outputs.find(({ name }) => name === (output ?? outputs[0]?.name));
  const width = found?.shape.at(-1);
  if (!found || (output === undefined && outputs.length > 1)) {
    throw new UserError(
      `${path} has the outputs ${namesOf(outputs)}, and none of ${outputNames.join(", ")}, which hold the vector of a text`,
      "wrong-kind",
    );
  }
  if (found.shape.length !== 2 || typeof width !== "number" || width < 1) {
    throw new UserError(
      `${path} gives ${found.name} as [${found.shape.join(", ")}], where a vector of a known number of numbers is expected for each text`,
      "wrong-kind",
    );
  }
  const [, fixed] = ids.shape;
  const length = typeof fixed === "number" && fixed > 0 ? fixed : undefined;
  const tokenize = await readTokenizer(tokenizerPath);
  const model = await openOnnx(bytes, { threads: 1 });

  /** A value of an input, for so many tokens. */
  const value = ({ dtype }: FileValue, numbers: readonly number[]) => ({
    data: dtype === "int32" ? Int32Array.from(numbers) : BigInt64Array.from(numbers, BigInt),
    shape: [1, numbers.length],
  });
  const encode = async (text: string): Promise<number[]> => {
    const tokens = cut(tokenize(text), length ?? usualLength);
    const end = tokens.at(-1) ?? 0;
    const padding = Math.max(0, (length ?? 0) - tokens.length);
    const filled = (numbers: readonly number[], fill: number) => [
      ...numbers,
      ...new Array<number>(padding).fill(fill),
    ];
    const numbersOf = {
      input_ids: filled(tokens, end),
      attention_mask: filled(
        tokens.map(() => 1),
        0,
      ),
      token_type_ids: filled(
        tokens.map(() => 0),
        0,
      ),
    };
    const feeds = inputs.map((input) => {
      const numbers = numbersOf[input.name as keyof typeof numbersOf]; // no input is stray
      return [input.name, value(input, numbers)] as const;
    });
    const { [found.name]: vector } = await model.run(Object.fromEntries(feeds));
    if (vector?.data.length !== width) {
      throw new UserError(`${path} gives no vector of ${width} numbers for one text`, "wrong-kind");
    }
    return Array.from(vector.data, Number);
  };

  return {
    width,
    async vectors(texts) {
      const vectors: number[][] = [];
      for (const text of texts) vectors.push(await encode(text));
      return vectors;
    },
    [Symbol.asyncDispose]: () => model.close(),
  };
}

const namesOf = (values: readonly FileValue[]): string =>
  values.map(({ name }) => name).join(", ") || "none";

/** At most so many tokens, the last of which is the end token. */
function cut(tokens: readonly number[], length: number): number[] {
  if (tokens.length <= length) return [...tokens];
  return [...tokens.slice(0, length - 1), tokens.at(-1)!]; // there are more than length
}
