import { describe, expect, test } from "vitest";
import { fitCaptionWords } from "./captionWords.ts";
import { promptWords, readPrompts } from "./prompts.ts";

const words = fitCaptionWords(["a cat", "a dog", "a cat and a dog"])!;
const run = { words, width: 32, height: 24 };

describe("prompts", () => {
  test("are a picture each, and one picture together where one is for a part", () => {
    expect(readPrompts(["a cat", " a dog "])).toEqual([[{ text: "a cat" }], [{ text: "a dog" }]]);
    expect(readPrompts(["grass", "0,0,16,24: a cat"])).toEqual([
      [{ text: "grass" }, { text: "a cat", region: { x: 0, y: 0, width: 16, height: 24 } }],
    ]);
    expect(readPrompts([])).toEqual([]);
    expect(readPrompts(["ratio 4:3"])).toEqual([[{ text: "ratio 4:3" }]]);
  });

  test("become the words of the run", () => {
    const [one] = promptWords([{ text: "a dog" }], run);
    expect(one!.words.map((number) => words.pieces[number - 1])).toEqual([" a", " dog"]);
    expect(promptWords([], { ...run, words: undefined })).toEqual([]);
  });

  test("that cannot be followed are mistakes, each with its sentence", () => {
    const mistake = (text: string, of: Parameters<typeof promptWords>[1] = run) => {
      expect(() => promptWords(readPrompts([text])[0]!, of)).toThrow();
      try {
        promptWords(readPrompts([text])[0]!, of);
      } catch (error) {
        return (error as Error).message;
      }
      return undefined;
    };
    expect(mistake("a cat", { ...run, words: undefined })).toBe(
      "this run was trained on pictures without captions and cannot be told what to draw",
    );
    expect(mistake("日本")).toBe("“日本” has no letters that the captions of this run have");
    expect(mistake("cat ".repeat(200))).toMatch(/has more words than the \d+ pieces that this run/);
    expect(mistake("20,0,16,8: a cat")).toBe(
      "the part 20,0,16,8 of “a cat” is not inside the picture of 32×24 pixels",
    );
    expect(mistake("0,0,0,8: a cat")).toContain("is not inside the picture");
  });
});
