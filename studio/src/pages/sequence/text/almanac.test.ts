import { expect, test } from "vitest";
import { almanac } from "./almanac.ts";

const words =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen".split(
    " ",
  );
const value = (word: string) => words.indexOf(word.toLowerCase());

test("the almanac is the same at every call and about as long as asked for", () => {
  const text = almanac(20_000);
  expect(almanac(20_000)).toBe(text);
  expect(text.length).toBeGreaterThanOrEqual(20_000);
  expect(text.length).toBeLessThan(20_500);
});

test("its sums and gifts are right", () => {
  const text = almanac(50_000);
  const sums = [...text.matchAll(/^(\w+) \w+ and (\w+) \w+ are (\w+) \w+\.$/gm)];
  const gifts = [
    ...text.matchAll(/had (\w+) \w+\. \w+ gave (\w+) to \w+\. Now \w+ has (\w+)\.$/gm),
  ];
  expect(sums.length).toBeGreaterThan(50);
  expect(gifts.length).toBeGreaterThan(50);
  for (const [, a = "", b = "", c = ""] of sums) expect(value(a) + value(b)).toBe(value(c));
  for (const [, a = "", b = "", c = ""] of gifts) expect(value(a) - value(b)).toBe(value(c));
});
