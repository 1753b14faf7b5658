import { expect, test } from "vitest";
import { distance, dot, noise } from "../testing.ts";
import { fromOpponents, opponentWeights, toOpponents } from "./opponentColors.ts";

const channels = (count: number) =>
  Array.from({ length: count }, (_, c) => ({ height: 3, width: 4, data: noise(12, c) }));

test.each([1, 2, 3, 4])(
  "opponent planes of %s channels have their energy, and give them back",
  (n) => {
    const given = channels(n);
    const planes = toOpponents(given);
    const energy = (list: typeof given) => list.reduce((sum, { data }) => sum + dot(data, data), 0);
    expect(energy(planes)).toBeCloseTo(energy(given), 12);
    for (const [c, { data }] of fromOpponents(planes).entries())
      expect(distance(data, given[c]!.data)).toBeLessThan(1e-14);
  },
);

test("of colors they are lightness, red less blue, and green less both", () => {
  const [sum, difference, green] = opponentWeights(3);
  for (const weight of sum!) expect(weight).toBeCloseTo(1 / Math.sqrt(3), 14);
  expect(distance(difference!, [Math.SQRT1_2, 0, -Math.SQRT1_2])).toBeLessThan(1e-14);
  expect(
    distance(
      green!,
      [1, -2, 1].map((x) => x / Math.sqrt(6)),
    ),
  ).toBeLessThan(1e-14);
});
