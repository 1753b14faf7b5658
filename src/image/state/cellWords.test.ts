import { describe, expect, test } from "vitest";
import { imageLanguage } from "../language/language.ts";
import { cellWords } from "./cellWords.ts";

const options = { wavelet: "haar", finest: 0.25 } as const;
const language = imageLanguage(options, { width: 32, height: 32 });
const [cat, dog] = [[1], [2, 3]];

describe("the words of cells", () => {
  test("are those of the whole picture, or none", () => {
    const whole = cellWords(language, [{ words: cat }]);
    expect(whole.texts).toEqual([cat]);
    expect(new Set(whole.textOf)).toEqual(new Set([0]));
    expect(cellWords(language).texts).toEqual([[]]);
  });

  test("are those of the region in which a cell lies, and none elsewhere", () => {
    const { texts, textOf } = cellWords(language, [
      { words: cat, region: { x: 0, y: 0, width: 16, height: 32 } },
      { words: dog, region: { x: 16, y: 16, width: 16, height: 16 } },
    ]);
    const at = (row: number, column: number) => texts[textOf[row * 8 + column]!];
    expect([at(0, 0), at(7, 3)]).toEqual([cat, cat]);
    expect([at(4, 4), at(7, 7)]).toEqual([dog, dog]);
    expect([at(0, 4), at(3, 7)]).toEqual([[], []]);
  });

  test("are the last ones where regions overlap, and a prompt for the whole picture fills the rest", () => {
    const { texts, textOf } = cellWords(language, [
      { words: dog },
      { words: cat, region: { x: 8, y: 8, width: 8, height: 8 } },
    ]);
    expect(texts).toEqual([dog, cat]);
    expect(textOf.filter((text) => text === 1)).toHaveLength(4);
  });

  test("are told in pixels of the picture, where it has a frame around it", () => {
    const framed = imageLanguage({ ...options, levels: 3 }, { width: 28, height: 28 }); // in 32×32
    const { textOf } = cellWords(framed, [
      { words: cat, region: { x: 0, y: 0, width: 14, height: 28 } },
    ]);
    const row = [...textOf.subarray(8, 16)];
    // Cells are 4 pixels wide, and two columns of the frame lie left of the picture: the first center is its column 0.
    expect(row).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
  });

  test("are missing of a region without a cell, which is a mistake", () => {
    expect(() =>
      cellWords(language, [{ words: cat, region: { x: 3, y: 0, width: 2, height: 2 } }]),
    ).toThrow("the part 3,0,2,2 holds no place of its own: it is covered, or smaller than a cell");
  });
});
