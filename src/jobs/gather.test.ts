import { describe, expect, test } from "vitest";
import { gather } from "./gather.ts";
import { piecesOf } from "./share.ts";

const entry = { offset: 0, length: 0, amount: 0 };
const settings = { finest: 0.125, data: "3fab" };

/** What a part file says: share `i/n` of the work, up to some piece. */
const file = (
  index: number,
  count: number,
  {
    pieces = 5,
    done = pieces,
    more = {},
    path = `${index + 1}-of-${count}.shard`,
  }: { pieces?: number; done?: number; more?: object; path?: string } = {},
) => ({
  path,
  head: { share: { index, count }, pieces, settings: { ...settings, ...more } },
  entries: new Map(
    piecesOf({ index, count }, pieces)
      .filter((piece) => piece < done)
      .map((piece) => [piece, entry]),
  ),
});
const wanted = { settings, pieces: 5 };
const names = (...files: ReturnType<typeof file>[]) =>
  gather(files, wanted).map(({ path }) => path[0]);

describe("shares are put together", () => {
  test("in any order, piece by piece", () => {
    const order = ["1", "2", "1", "2", "1"];
    expect(names(file(0, 2), file(1, 2))).toEqual(order);
    expect(names(file(1, 2), file(0, 2))).toEqual(order);
    expect(names(file(0, 1))).toEqual(["1", "1", "1", "1", "1"]);
  });

  test("of more shares than pieces, where some are empty", () => {
    const all = Array.from({ length: 7 }, (_, index) => file(index, 7));
    expect(names(...all)).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("of different cuts, where they have all pieces together", () => {
    const half = file(0, 2, { done: 3 });
    const thirds = [0, 1, 2].map((index) => file(index, 3));
    expect(names(half, ...thirds)).toEqual(["1", "2", "1", "1", "2"]);
  });
});

describe("one sentence says", () => {
  test.each([
    ["that a share is missing", [file(0, 3), file(2, 3)], "shard 2/3 is missing"],
    [
      "that a share is half-written",
      [file(0, 2), file(1, 2, { done: 2 })],
      "shard 2/2 is not finished (1 of 2 pieces)",
    ],
    [
      "that a share came twice",
      [file(0, 2), file(1, 2), file(1, 2, { path: "copy.shard" })],
      "2-of-2.shard and copy.shard are both shard 2/2",
    ],
    [
      "which setting differs",
      [file(0, 2), file(1, 2, { more: { finest: 0.5 } })],
      "2-of-2.shard is a shard of other work, with finest 0.5, not 0.125",
    ],
    [
      "that the data differ",
      [file(0, 2, { more: { data: "77cd" } }), file(1, 2)],
      '1-of-2.shard is a shard of other work, with data "77cd", not "3fab"',
    ],
    [
      "that a setting is there on one side alone",
      [file(0, 1, { more: { strict: true } })],
      "with strict true, not null",
    ],
    [
      "that the work has another length",
      [file(0, 1, { pieces: 9 })],
      "1-of-1.shard is a shard of other work, with 9 pieces, not 5",
    ],
    [
      "how many pieces are missing, of different cuts",
      [file(0, 2), file(0, 3)],
      "1 of 5 pieces are missing",
    ],
    ["that there is nothing", [], "5 of 5 pieces are missing"],
  ])("%s", (_, files, sentence) => {
    expect(() => gather(files, wanted)).toThrow(sentence);
  });
});
