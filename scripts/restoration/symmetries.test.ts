import { describe, expect, test } from "vitest";
import { bandPlan, type PlannedBand } from "../../src/codec/planes/bandPlan.ts";
import { nothingKnown } from "../../src/codec/planes/known.ts";
import { coefficientsOf } from "../../src/codec/planes/testing.ts";
import { Band } from "../../src/codec/walk/geometry.ts";
import { type ReadBand, readBands } from "../../src/image/compression/restoration/inputs.ts";
import { placeReader } from "../../src/image/compression/restoration/readPlace.ts";
import {
  diagonalWindows,
  inputsOf,
  straightWindows,
} from "../../src/image/compression/restoration/windows.ts";
import { symmetriesOf } from "./symmetries.ts";

// Of 2^n m + 1 samples the transform of the mirror image is the mirror image of the transform.
const side = 81;
const plan = bandPlan({ channels: 1, height: side, width: side, levels: 4 }, () => 0);
const values = coefficientsOf(plan, 5, 4);

type Move = (row: number, column: number, band: PlannedBand) => readonly [number, number];

/** The coefficients of a picture of which each is at another place, and maybe in another band. */
function moved(move: Move, bandOf: (band: number) => number): Float64Array {
  const result = new Float64Array(plan.length);
  for (const band of plan.bands) {
    const to = plan.bands.find((o) => o.level === band.level && o.band === bandOf(band.band))!;
    for (let row = 0; row < band.height; row++)
      for (let column = 0; column < band.width; column++) {
        const [i, j] = move(row, column, band);
        result[to.start + i * to.stride + j] = values[band.start + row * band.stride + column]!;
      }
  }
  return result;
}

const same = (band: number) => band;
const otherAxis = (band: number) =>
  band === Band.vertical ? Band.horizontal : band === Band.horizontal ? Band.vertical : band;

const moves = {
  "mirrored along its rows": { move: (i, j, { width }) => [i, width - 1 - j], bandOf: same },
  "mirrored along its columns": { move: (i, j, { height }) => [height - 1 - i, j], bandOf: same },
  "with rows and columns exchanged": { move: (i, j) => [j, i], bandOf: otherAxis },
} satisfies Record<string, { move: Move; bandOf: (band: number) => number }>;

/** Windows reach as far. */
const edge = 3;
const known = nothingKnown(plan, 0);
const readerOf = (source: ReadBand) => placeReader(source, 0, known);

describe("the inputs of a picture", () => {
  for (const [k, [name, { move, bandOf }]] of Object.entries(moves).entries())
    test(`that is ${name} are those of the picture, in another order`, () => {
      const sources = [...readBands(values, plan)];
      const images = [...readBands(moved(move, bandOf), plan)];
      for (const [i, source] of sources.entries()) {
        const { isDiagonal, isTurned, band } = source;
        const symmetry = symmetriesOf(isDiagonal)[k];
        if (isTurned || !symmetry) continue; // turned bands are read as the others are
        const count = inputsOf(isDiagonal ? diagonalWindows : straightWindows);
        const [before, after] = [new Int16Array(count), new Int16Array(count)];
        const [read, readImage] = [readerOf(source), readerOf(images[i]!)]; // the same bands
        // Beyond the ends the coarser picture goes on differently on both sides.
        for (let row = edge; row < band.height - edge; row++)
          for (let column = edge; column < band.width - edge; column++) {
            read(row, column, before);
            readImage(...move(row, column, band), after);
            const expected = symmetry.map((from) => before[from]!);
            // Between two low-pass rows the parent is the one before, also in the mirror.
            if (k === 1 && !isDiagonal) expected[count - 3] = after[count - 3]!;
            // The coarser picture is not computed in the same order, so its roundings can differ.
            expect(after.every((x, n) => Math.abs(x - expected[n]!) <= 1)).toBe(true);
          }
      }
    });
});
