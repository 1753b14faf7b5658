import type { BandPlan, PlannedBand } from "./bandPlan.ts";
import type { Contexts } from "./contexts.ts";
import { foundEstimate, type Known, refinedEstimate, silentEstimate } from "./known.ts";
import { Question } from "./question.ts";

/** A part of a band about which a question is asked. */
export interface Part {
  readonly band: PlannedBand;
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
  readonly plane: number;
}

/**
 * Who knows or decodes the answers. A walk sets out the contexts of a question before it asks, and tells how many they are. −1 ends
 * the walk: the answer cannot be known.
 */
export interface Answers {
  /** Is a coefficient of the part significant? `isCertain` where it must be, and nothing is coded. */
  group(part: Part, question: 0 | 1 | 2 | 5, contexts: number, isCertain: boolean): 0 | 1 | -1;
  /** The next bit of a found coefficient. */
  refine(part: Part, contexts: number): 0 | 1 | -1;
  /** Is a found coefficient negative? */
  sign(part: Part, contexts: number): 0 | 1 | -1;
  /** All is told of a level; of a plan in the order of resolution. */
  levelEnds?(): void;
}

/**
 * Walks through the bit planes of all bands, from a plane down to the last of each band, and keeps what is known up to date. In each
 * plane the bands follow in the order of the plan; in the order of resolution all planes of a level come before those of the next. A
 * band is walked in blocks of 4×4, a block in quads of 2×2. A band, block or quad without
 * a significant coefficient is told by one answer; what a broken one leaves over as its only hope is not asked. Returns whether the walk came to its end.
 */
export function walkPlanes(
  plan: BandPlan,
  startingPlane: number,
  known: Known,
  contexts: Contexts,
  answers: Answers,
): boolean {
  const { estimates, signs } = known;
  const { bands } = plan;
  const isOpen = new Uint8Array(bands.length);
  // A broken group contains a found coefficient; marks lie at the first coefficient of a block and of a quad.
  const broken = new Uint8Array(plan.length);
  const blockMark = 1;
  const quadMark = 2;
  const lastPlane = bands.reduce((least, band) => Math.min(least, band.lastPlane), startingPlane);
  const part = { band: bands[0]!, row: 0, column: 0, height: 0, width: 0, plane: 0 };

  function place(row: number, column: number, height: number, width: number): Part {
    part.row = row;
    part.column = column;
    part.height = height;
    part.width = width;
    return part;
  }
  /** Nothing in a part is significant in this plane. */
  function silence(
    { start, stride }: PlannedBand,
    { row, column, height, width, plane }: Part,
  ): void {
    const estimate = silentEstimate(plane);
    for (let i = 0; i < height; i++) {
      const from = start + (row + i) * stride + column;
      for (let j = 0; j < width; j++) estimates[from + j] = estimate;
    }
  }

  /** One quad; 1 if a coefficient is significant or was, 0 if not, −1 where the walk ends. */
  function quad(
    band: PlannedBand,
    row: number,
    column: number,
    position: number,
    isLastHope: boolean,
    plane: number,
  ): 0 | 1 | -1 {
    const { start, stride } = band;
    const height = Math.min(2, band.height - row);
    const width = Math.min(2, band.width - column);
    const mark = start + row * stride + column;
    let isFresh = false;
    if ((broken[mark]! & quadMark) === 0) {
      const count = isLastHope
        ? 0
        : contexts.place(Question.quad, band, row, column, plane, position, 0);
      const answer = answers.group(
        place(row, column, height, width),
        Question.quad,
        count,
        isLastHope,
      );
      if (answer < 0) return -1;
      if (answer === 0) {
        silence(band, place(row, column, height, width));
        return 0;
      }
      broken[mark]! |= quadMark;
      isFresh = true;
    }
    const members = height * width;
    let silent = 0;
    for (let k = 0; k < members; k++) {
      const y = row + (width === 2 ? k >> 1 : k);
      const x = column + (width === 2 ? k & 1 : 0);
      const at = start + y * stride + x;
      const estimate = estimates[at]!;
      if (signs[at] !== 0) {
        const whole = Math.min(estimate >> (plane + 5), 7); // of 2 · 2^plane
        const size = whole === 1 ? 0 : whole < 4 ? 1 : 2;
        const count = contexts.place(Question.refine, band, y, x, plane, size, whole);
        const bit = answers.refine(place(y, x, 1, 1), count);
        if (bit < 0) return -1;
        estimates[at] = refinedEstimate(estimate, plane, bit);
        continue;
      }
      const isCertain = isFresh && k === members - 1 && silent === k;
      const own = isFresh ? 1 : 0;
      const spot = (y - row) * 2 + (x - column) + 4 * own + (silent > 1 ? 8 : 0);
      const count = isCertain
        ? 0
        : contexts.place(Question.coefficient, band, y, x, plane, spot, own);
      const answer = answers.group(place(y, x, 1, 1), Question.coefficient, count, isCertain);
      if (answer < 0) return -1;
      if (answer === 0) {
        silent++;
        estimates[at] = silentEstimate(plane);
        continue;
      }
      const sign = answers.sign(place(y, x, 1, 1), contexts.sign(band, y, x, plane));
      if (sign < 0) return -1;
      contexts.learnSign(sign === 1);
      signs[at] = sign === 1 ? -1 : 1;
      estimates[at] = foundEstimate(plane);
    }
    return 1;
  }

  /** One block; false where the walk ends. */
  function block(band: PlannedBand, row: number, column: number, plane: number): boolean {
    const height = Math.min(4, band.height - row);
    const width = Math.min(4, band.width - column);
    const mark = band.start + row * band.stride + column;
    let isFresh = false;
    if ((broken[mark]! & blockMark) === 0) {
      const count = contexts.place(Question.block, band, row, column, plane, 0, 0);
      const answer = answers.group(place(row, column, height, width), Question.block, count, false);
      if (answer < 0) return false;
      if (answer === 0) {
        silence(band, place(row, column, height, width));
        return true;
      }
      broken[mark]! |= blockMark;
      isFresh = true;
    }
    const quads = ((height + 1) >> 1) * ((width + 1) >> 1);
    let seen = 0;
    let silent = 0;
    for (let y = 0; y < height; y += 2)
      for (let x = 0; x < width; x += 2) {
        seen++;
        const isLastHope = isFresh && seen === quads && silent === quads - 1;
        const position = y + x / 2 + (isFresh ? 4 : 0) + (silent > 1 ? 8 : 0);
        const outcome = quad(band, row + y, column + x, position, isLastHope, plane);
        if (outcome < 0) return false;
        if (outcome === 0) silent++;
      }
    return true;
  }

  /** A plane of a band; false where the walk ends. */
  function pass(i: number, plane: number): boolean {
    const band = bands[i]!; // an index of one
    const { height, width } = band;
    if (plane < band.lastPlane || height === 0 || width === 0) return true;
    part.plane = plane;
    part.band = band;
    if (isOpen[i] === 0) {
      const count = contexts.band(band, plane);
      const answer = answers.group(place(0, 0, height, width), Question.band, count, false);
      if (answer < 0) return false;
      if (answer === 0) {
        silence(band, place(0, 0, height, width));
        return true;
      }
      isOpen[i] = 1;
    }
    for (let row = 0; row < height; row += 4)
      for (let column = 0; column < width; column += 4)
        if (!block(band, row, column, plane)) return false;
    return true;
  }

  for (const group of groupsOf(plan)) {
    for (let plane = startingPlane; plane >= lastPlane; plane--)
      for (const i of group) if (!pass(i, plane)) return false;
    answers.levelEnds?.();
  }
  return true;
}

/** Indices of bands whose planes are coded together: all bands, or those of each level. */
function groupsOf({ bands, order, extent }: BandPlan): readonly (readonly number[])[] {
  const all = Array.from(bands.keys());
  if (order === "quality") return [all];
  return Array.from({ length: extent.levels + 1 }, (_, level) =>
    all.filter((i) => bands[i]?.level === level),
  );
}
