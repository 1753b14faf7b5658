import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { loadImages } from "./loadImages.ts";
import { openImages } from "./openImages.ts";
import { blankRaster } from "./raster.ts";
import { writeImage } from "./writeImage.ts";

/** A folder with pictures (a gray level) and texts. */
async function folderOf(files: Record<string, number | string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    if (typeof content === "number") await writeImage(path, blankRaster(4, 4, 1, content));
    else await writeFile(path, content);
  }
  return root;
}

const line = (file_name: string, text: string) => `${JSON.stringify({ file_name, text })}\n`;

/** Gray levels and captions of what is loaded, and what was said about it. */
async function load(root: string, part: "train" | "test" | "all" = "all") {
  const notices: string[] = [];
  const notice = (sentence: string) => notices.push(sentence.replaceAll(`${root}/`, ""));
  const source = await openImages(root, { part, notice });
  const { rasters, captions } = await loadImages(source, { color: "gray" });
  return { grays: rasters.map(({ data }) => data[0]), captions, notices };
}

const mistakeOf = async (files: Record<string, number | string>) => {
  const root = await folderOf(files);
  const error = await openImages(root).catch((reason) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error.message.replaceAll(`${root}/`, "");
};

describe("captions", () => {
  it("stand in metadata.jsonl of the folder, with paths into the class folders", async () => {
    const root = await folderOf({
      ...{ "a/1.png": 1, "a/2.png": 2, "b/1.png": 3 },
      "metadata.jsonl":
        line("b/1.png", " three ") + line("./a/1.png", "one") + line("a\\2.png", "two"),
    });
    expect(await load(root)).toEqual({
      grays: [1, 2, 3],
      captions: ["one", "two", "three"],
      notices: [],
    });
  });

  it("stand in metadata.jsonl of class folders, and in texts beside pictures", async () => {
    const root = await folderOf({
      ...{ "a/1.png": 1, "a/2.png": 2, "b/1.png": 3, "b/LICENSE.txt": "not a caption" },
      "a/metadata.jsonl": line("1.png", "one") + line("2.png", "two"),
      "b/1.txt": "three\n",
    });
    expect((await load(root)).captions).toEqual(["one", "two", "three"]);
  });

  it("belong to each part, whose pictures keep theirs when some are chosen", async () => {
    const root = await folderOf({
      ...{ "train/1.png": 1, "train/2.png": 2, "train/3.png": 3, "test/1.png": 4 },
      "train/metadata.jsonl": line("1.png", "one") + line("2.png", "two") + line("3.png", "three"),
      "test/1.txt": "four",
      "metadata.jsonl": line("train/1.png", "elsewhere"),
    });
    const train = await load(root, "train");
    expect(train.captions).toEqual(["one", "two", "three"]);
    expect(train.notices).toEqual([
      "metadata.jsonl is not read: captions belong in the folders of the parts",
    ]);
    expect((await load(root, "all")).captions).toEqual(["one", "two", "three", "four"]);
    const source = await openImages(root, { part: "train" });
    expect((await loadImages(source, { color: "gray", limit: 1 })).captions).toHaveLength(1);
  });

  it("are not there where nobody wrote any, also beside other metadata", async () => {
    expect(
      (await load(await folderOf({ "1.png": 1, "README.txt": "no" }))).captions,
    ).toBeUndefined();
    const other = await load(
      await folderOf({ "1.png": 1, "metadata.jsonl": '{"file_name":"1.png","label":3}\n' }),
    );
    expect(other.captions).toBeUndefined();
    expect(other.notices).toEqual([
      "no line of metadata.jsonl has a “text”: its pictures have no captions",
    ]);
  });

  it("may lack for some pictures, and pictures for some captions, which is said", async () => {
    const root = await folderOf({
      ...{ "1.png": 1, "2.png": 2, "3.png": 3 },
      "metadata.jsonl": line("1.png", "one") + line("9.png", "nine") + line("8.png", "eight"),
    });
    expect(await load(root)).toEqual({
      grays: [1, 2, 3],
      captions: ["one", "", ""],
      notices: [
        "metadata.jsonl has captions without a picture: “9.png” and 1 other entries are not there",
        "2.png and 1 other pictures have no caption",
      ],
    });
  });

  it("that cannot be read are mistakes, told with file and line", async () => {
    const like = 'a line is like {"file_name":"cat.png","text":"a cat"}';
    expect(await mistakeOf({ "1.png": 1, "metadata.jsonl": `${line("1.png", "a")}oops\n` })).toBe(
      `metadata.jsonl, line 2, is not a JSON object: ${like}`,
    );
    expect(await mistakeOf({ "1.png": 1, "metadata.jsonl": '{"text":"a"}\n' })).toBe(
      `metadata.jsonl, line 1, has no “file_name”: ${like}`,
    );
    expect(
      await mistakeOf({
        "1.png": 1,
        "metadata.jsonl": `${line("1.png", "a")}{"file_name":"1.png","text":3}`,
      }),
    ).toBe(`metadata.jsonl, line 2, has no “text”: ${like}`);
    expect(await mistakeOf({ "1.png": 1, "metadata.jsonl": line("a/1.png", "a") })).toBe(
      "no entry of metadata.jsonl names one of the pictures; the first, “a/1.png”, would be a/1.png",
    );
    expect(
      await mistakeOf({ "1.png": 1, "1.txt": "b", "metadata.jsonl": line("1.png", "a") }),
    ).toBe("1.png has two captions, “a” (metadata.jsonl, line 1) and “b” (1.txt)");
  });
});
