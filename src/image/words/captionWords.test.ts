import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { captionReader, fitCaptionWords } from "./captionWords.ts";

const captions = ["red apple", "green apple", "", "red heart", "red apple"];
const reading = fitCaptionWords(captions)!;
const reader = captionReader(reading);

describe("captions", () => {
  test("become pieces numbered from 1, as many as the run reads", () => {
    const { length } = reading;
    const pieces = reading.pieces.length;
    const words = reader.read("red apple");
    expect(words.map((number) => reading.pieces[number - 1])).toEqual([" red", " apple"]);
    expect(Math.min(...words)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...words)).toBeLessThanOrEqual(pieces);
    expect(reader.read("red ".repeat(99))).toHaveLength(length);
    expect(reader.isTooLong("red ".repeat(99))).toBe(true);
    expect(reader.isTooLong("red apple")).toBe(false);
    expect(reader.read("")).toEqual([]);
  });

  test("are unknown where none says anything", () => {
    expect(fitCaptionWords(["", ""])).toBeUndefined();
    expect(fitCaptionWords([])).toBeUndefined();
  });

  test("are read the same from a copy of what the configuration holds", () => {
    const copy = captionReader(JSON.parse(JSON.stringify(reading)));
    for (const caption of [...captions, "green hearts"]) {
      expect(copy.read(caption)).toEqual(reader.read(caption));
    }
  });

  test("are cut finer in some training images, as the random generator says", () => {
    const many = Array.from({ length: 2000 }, (_, i) =>
      reader.readInTraining("red apple", createRandom(i)),
    );
    const finer = many.filter((words) => words.length > 2);
    expect(finer.length).toBeGreaterThan(20);
    expect(finer.length).toBeLessThan(200);
    for (const words of finer) {
      expect(words.map((number) => reading.pieces[number - 1]).join("")).toBe(" red apple");
    }
    expect(reader.readInTraining("red apple", createRandom(7))).toEqual(many[7]);
  });
});
