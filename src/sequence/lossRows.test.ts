import { expect, test } from "vitest";
import { lossRows, lossTable } from "./lossRows.ts";

test("a loss of tokens is told for each unit that they have", () => {
  const score = { nats: Math.log(4), tokens: 30, extent: { bytes: 60, characters: 45 } };
  const [token, character, byte] = lossRows(score, "token");
  expect(token).toMatchObject({ unit: "token", count: 30, bits: 2 });
  expect(token!.perplexity).toBeCloseTo(4, 12); // the first row
  expect(character).toMatchObject({ unit: "character", count: 45 });
  expect(character!.bits).toBeCloseTo((2 * 30) / 45, 12); // as above
  expect(byte!.bits).toBeCloseTo(1, 12); // as above
});

test("a unit that is the token's own stands once, and a second has no perplexity", () => {
  const sound = lossRows({ nats: 1, tokens: 8000, extent: { bytes: 8000, seconds: 2 } }, "byte");
  expect(sound.map(({ unit }) => unit)).toEqual(["byte", "second"]);
  expect(sound[1]).toEqual({ unit: "second", count: 2, nats: 4000, bits: 4000 / Math.LN2 });
});

test("they are written in columns", () => {
  const rows = lossRows({ nats: 1, tokens: 100, extent: { seconds: 4 } }, "event");
  expect(lossTable(rows)).toBe(
    [
      "            count     nats     bits  perplexity",
      "per event     100   1.0000   1.4427       2.718",
      "per second   4.00  25.0000  36.0674",
    ].join("\n"),
  );
});
