import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutter, learnWordPieces, wordsOf } from "./wordPieces.ts";

const captions = ["red apple", "green apple", "red heart", "green heart", "pineapple", "heart"];
const pieces = learnWordPieces(captions, { most: 60 });
const cut = (text: string) => cutter(pieces)(text).map((piece) => pieces[piece]);

describe("word pieces", () => {
  it("are whole words where these occur more than once, ignoring case", () => {
    expect(cut("Red  APPLE")).toEqual([" red", " apple"]);
    expect(cut("green heart")).toEqual([" green", " heart"]);
  });

  it("of a new word are those of the words that it is made of", () => {
    expect(cut("apples")).toEqual([" apple"]); // no caption has an s
    expect(cut("redheart").join("")).toBe(" redheart");
    expect(cut("redheart")[0]).toBe(" red");
  });

  it("put together give the text back, if its characters are known", () => {
    const known = [...new Set(captions.join("").replaceAll(" ", ""))];
    const word = fc.array(fc.constantFrom(...known), { minLength: 1 }).map((some) => some.join(""));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(cut(words.join(" ")).join("")).toBe(words.map((each) => ` ${each}`).join(""));
      }),
    );
  });

  it("are learned the same in any order of the texts, up to as many as wanted", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(captions, { minLength: captions.length }),
        fc.integer({ min: 12, max: 60 }),
        (shuffled, most) => {
          expect(learnWordPieces(shuffled, { most })).toEqual(pieces.slice(0, most));
        },
      ),
    );
  });

  it("leave out what no text had, and all of a text that has nothing known", () => {
    expect(cut("red 日本 heart!")).toEqual([" red", " heart"]);
    expect(cut("日本 ☺")).toEqual([]);
    expect(cut("")).toEqual([]);
    expect(learnWordPieces([], { most: 9 })).toEqual([]);
  });

  it("are smaller where joins are left out, and single characters where all are", () => {
    expect(cutter(pieces)("red apple", { skip: () => true }).map((piece) => pieces[piece])).toEqual(
      [..." red apple"],
    );
  });
});

it("words are in small letters with a space before them, and signs are words", () => {
  expect(wordsOf("A cat’s Ⅻ, 3 o'clock")).toEqual([
    " a",
    " cat",
    " ’",
    " s",
    " xii",
    " ,",
    " 3",
    " o",
    " '",
    " clock",
  ]);
});
