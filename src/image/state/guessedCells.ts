import { bandRegions, channelSize } from "../../codec/walk/geometry.ts";
import { constant, type Tensor } from "../../graph/index.ts";
import { approximationBand } from "../language/approximationBand.ts";
import type { ImageLanguage } from "../language/language.ts";
import { coarseOffsets } from "../words/coarseCorner.ts";
import { gridCells, gridSide, levelOfGrid } from "./stateSummary.ts";

/**
 * What a guess of a picture says of each cell of the grid, `[guesses, coarse]` to `[guesses, cells, numbers]`: the guessed coarse
 * coefficients that lie there, and of each channel the mean that follows from all of them. So a network sees what words say as it
 * sees the known picture. `coarse` coefficients are told in units of their standard deviations.
 */
export function guessedCells(guesses: Tensor, language: ImageLanguage): Tensor {
  const { numbers, weights } = tabulate(language);
  const coarse = weights.length / (gridCells * numbers);
  const map = constant(weights, [coarse, gridCells * numbers]);
  return guesses.matmul(map).reshape([-1, gridCells, numbers]);
}

/** The linear map, `[coarse, cells · numbers]`. */
function tabulate(language: ImageLanguage) {
  const { geometry } = language.tokens;
  const { channels, width } = geometry;
  const size = channelSize(geometry);
  const offsets = coarseOffsets(language);
  const indexOf = new Map(offsets.map((offset, index) => [offset, index]));
  const places = Array.from({ length: channels }, (_, channel) =>
    bandRegions(geometry)
      .filter(
        ({ top, left, height }) => height > 0 && indexOf.has(channel * size + top * width + left),
      )
      .map((region) => ({ ...region, channel })),
  ).flat();
  const numbers = places.length + channels;
  const weights = new Float32Array(offsets.length * gridCells * numbers);
  const set = (coarse: number, cell: number, number: number, value: number) => {
    weights[(coarse * gridCells + cell) * numbers + number] = value;
  };
  for (let cell = 0; cell < gridCells; cell++) {
    const within = (length: number, i: number) => Math.floor((i * length) / gridSide);
    for (const [number, { channel, top, left, height, width: across }] of places.entries()) {
      const row = top + within(height, Math.floor(cell / gridSide));
      const column = left + within(across, cell % gridSide);
      const coarse = indexOf.get(channel * size + row * width + column);
      if (coarse !== undefined) set(coarse, cell, number, 1);
    }
  }
  for (const [coarse, offset] of offsets.entries()) {
    const channel = Math.floor(offset / size);
    const means = meansOf(language, offset, channel);
    for (const [cell, mean] of means.entries()) set(coarse, cell, places.length + channel, mean);
  }
  return { numbers, weights };
}

/** What one deviation of a coarse coefficient adds to the mean of each cell; the whole of a guess has means of about 1. */
function meansOf(language: ImageLanguage, offset: number, channel: number): number[] {
  const { geometry } = language.tokens;
  const size = channelSize(geometry);
  const [row, column] = [
    Math.floor((offset % size) / geometry.width),
    (offset % size) % geometry.width,
  ];
  const region = bandRegions(geometry).find(
    ({ top, left, height, width }) =>
      row >= top && row < top + height && column >= left && column < left + width,
  );
  if (!region) return new Array(gridCells).fill(0); // of a band that has no coefficients
  // Pictures have coefficients that double from level to level.
  const deviation = 2 ** (geometry.levels - Math.max(1, region.level) + 1);
  const guess = new Float64Array(geometry.channels * size);
  const large = 2 ** 10; // so that languages of integers do not round it away
  guess[offset] = large * deviation;
  const level = levelOfGrid(geometry);
  const { height, width, data } = approximationBand(language, guess, channel, level);
  const perMean = 1 / (large * 3 * 2 ** (geometry.levels - level + 1)); // some nine coefficients of the filters' gain add up
  return Array.from({ length: gridCells }, (_, cell) => {
    const i = Math.floor((Math.floor(cell / gridSide) * height) / gridSide);
    const j = Math.floor(((cell % gridSide) * width) / gridSide);
    return data[i * width + j]! * perMean;
  });
}
