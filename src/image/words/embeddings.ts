import { readWholeFile } from "../../data/files/readWholeFile.ts";
import { readNpy } from "../../data/formats/npyFile.ts";
import { UserError } from "../../errors/userError.ts";
import type { TextVectorizer } from "./textVectorizer.ts";

/**
 * Vectors that somebody computed beforehand: `path`, a NumPy file of shape [texts, numbers], and beside it a text file of the
 * same name that ends in `.txt`, with the text of each vector on a line of its own. Throws UserError where either is missing or
 * they do not fit together.
 */
export async function openEmbeddings(path: string): Promise<TextVectorizer> {
  const { shape, data } = await readNpy(path);
  const [count = 0, width = 0] = shape;
  if (shape.length !== 2 || width === 0) {
    throw new UserError(
      `${path} is an array of shape [${shape.join(", ")}], where [texts, numbers] is expected`,
      "wrong-kind",
    );
  }
  const textPath = path.replace(/(\.npy)?$/i, ".txt");
  const lines = (await readWholeFile(textPath)).toString().split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length !== count) {
    throw new UserError(
      `${path} has ${count} vectors and ${textPath} ${lines.length} lines: each vector needs the line of its text`,
      "damaged-file",
    );
  }
  const rowOf = new Map(lines.map((line, row) => [line.trim(), row]));
  return {
    width,
    async vectors(texts) {
      const missing = texts.filter((text) => !rowOf.has(text.trim()));
      const [first, ...more] = missing;
      if (first !== undefined) {
        const others = more.length > 0 ? `, nor for ${more.length} other texts` : "";
        throw new UserError(`${textPath} has no line “${first}”${others}`, "not-found");
      }
      return texts.map((text) => {
        const row = rowOf.get(text.trim())!; // none is missing
        return Array.from(data.subarray(row * width, (row + 1) * width));
      });
    },
    async [Symbol.asyncDispose]() {},
  };
}
