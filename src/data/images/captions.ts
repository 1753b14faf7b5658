import { readdir } from "node:fs/promises";
import { dirname, extname, join, normalize, relative, sep } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { isFile } from "../files/isFile.ts";
import type { Notice } from "../files/notice.ts";
import { readText } from "../files/readText.ts";

/** The file of captions that Hugging Face's ImageFolder reads: a JSON object a line. */
export const metadataName = "metadata.jsonl";

/**
 * The captions of the pictures of a folder, one for each of `files`; undefined where there are none at all. A caption stands
 * in a file `metadata.jsonl` of the folder or of a class folder, whose lines give `file_name`, relative to that file, and
 * `text`; or in a text file beside the picture, of the same name but for its ending. A picture without a caption has "".
 * `notice` hears of entries without a picture and of pictures without a caption. Throws UserError, naming file and line,
 * where a line cannot be read, where a picture has two captions, and where no entry of a file has a picture.
 *
 * @example
 * const captions = await readCaptions("photos", ["photos/cat.png"]); // ["a cat on a chair"]
 */
export async function readCaptions(
  folder: string,
  files: readonly string[],
  notice: Notice = () => {},
): Promise<string[] | undefined> {
  const place = new Map(files.map((path, i) => [normalize(path), i]));
  const found = new Map<number, Caption>();
  const add = (i: number, caption: Caption) => {
    const other = found.get(i);
    if (other !== undefined && other.text !== caption.text) {
      throw new UserError(
        `${files[i]} has two captions, “${other.text}” (${other.source}) and “${caption.text}” (${caption.source})`,
      );
    }
    found.set(i, caption);
  };
  const folders = [...new Set([folder, ...files.map((path) => dirname(path))].map(normalize))];
  for (const path of folders.map((name) => join(name, metadataName))) {
    const entries = (await isFile(path)) ? await readMetadata(path, notice) : [];
    const strays = entries.filter(({ file, caption }) => {
      const i = place.get(file);
      if (i !== undefined) add(i, caption);
      return i === undefined;
    });
    if (strays.length > 0) reportStrays(path, strays, entries.length, notice);
  }
  for (const [path, i] of await textsBeside(folders, files)) {
    add(i, { text: (await readText(path)).trim(), source: path });
  }
  if (found.size === 0) return undefined;
  const without = files.filter((_, i) => !found.get(i)?.text);
  if (without.length > 0) {
    const others = without.length === 1 ? "has" : `and ${without.length - 1} other pictures have`;
    notice(`${without[0]} ${others} no caption`);
  }
  return files.map((_, i) => found.get(i)?.text ?? "");
}

/** A caption, and which file it stands in. */
interface Caption {
  readonly text: string;
  readonly source: string;
}

interface Entry {
  /** Path of the picture. */
  readonly file: string;
  readonly caption: Caption;
}

/** The entries of a metadata file; none where it has no key `text`, as other data sets do not. */
async function readMetadata(path: string, notice: Notice): Promise<Entry[]> {
  const lines = (await readText(path)).split("\n");
  const records = lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    const source = `${path}, line ${i + 1}`;
    return [{ source, record: parseLine(line, source) }];
  });
  if (records.every(({ record }) => record.text === undefined)) {
    notice(`no line of ${path} has a “text”: its pictures have no captions`);
    return [];
  }
  return records.map(({ source, record: { file_name: file, text } }) => {
    if (typeof file !== "string") throw new UserError(`${source}, has no “file_name”: ${wanted}`);
    if (typeof text !== "string") throw new UserError(`${source}, has no “text”: ${wanted}`);
    const local = normalize(file.replaceAll("\\", "/"));
    return { file: join(dirname(path), local), caption: { text: text.trim(), source } };
  });
}

const wanted = 'a line is like {"file_name":"cat.png","text":"a cat"}';

function parseLine(line: string, source: string): { file_name?: unknown; text?: unknown } {
  try {
    const record: unknown = JSON.parse(line);
    if (typeof record === "object" && record !== null && !Array.isArray(record)) return record;
  } catch {
    // told below
  }
  throw new UserError(`${source}, is not a JSON object: ${wanted}`, "damaged-file");
}

function reportStrays(path: string, strays: readonly Entry[], all: number, notice: Notice): void {
  const first = relative(dirname(path), strays[0]?.file ?? "")
    .split(sep)
    .join("/");
  if (strays.length === all) {
    throw new UserError(
      `no entry of ${path} names one of the pictures; the first, “${first}”, would be ${strays[0]?.file}`,
    );
  }
  const others = strays.length === 1 ? "is" : `and ${strays.length - 1} other entries are`;
  notice(`${path} has captions without a picture: “${first}” ${others} not there`);
}

/** The text files that lie beside a picture of the same name, with the number of the picture. */
async function textsBeside(
  folders: readonly string[],
  files: readonly string[],
): Promise<(readonly [path: string, picture: number])[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  const texts = new Set(lists.flat().filter((path) => path.endsWith(".txt")));
  if (texts.size === 0) return [];
  return files.flatMap((file, i) => {
    const path = normalize(`${file.slice(0, -extname(file).length)}.txt`);
    return texts.has(path) ? [[path, i] as const] : [];
  });
}
