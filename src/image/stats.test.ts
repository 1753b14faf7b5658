import { describe, expect, test } from "vitest";
import type { ImageLanguageOptions } from "./language/language.ts";
import { statsCounter } from "./stats.ts";
import { testPicture } from "./testing.ts";

const pictures = Array.from({ length: 7 }, (_, i) => testPicture(9 + i, 8, i % 2 ? 1 : 3));
const languages: readonly ImageLanguageOptions[] = [
  { wavelet: "haar", finest: 0.25 },
  { wavelet: "bior2.2", lossless: true },
];

describe.each(languages)("figures in the language %j", (language) => {
  const whole = statsCounter(language);
  for (const picture of pictures) whole.add(picture);

  test("of pictures counted in lots are to the bit those of all", () => {
    const total = statsCounter(language);
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 4],
      [4, 7],
    ]) {
      const lot = statsCounter(language);
      for (const picture of pictures.slice(from, to)) lot.add(picture);
      total.include(structuredClone(lot.part()));
    }
    expect(total.result()).toEqual(whole.result());
  });

  test("of a part do not change when more is counted", () => {
    const counter = statsCounter(language);
    counter.add(pictures[0]!);
    const part = counter.part();
    const before = structuredClone(part);
    counter.add(pictures[1]!);
    expect(part).toEqual(before);
  });
});
