import { type Site, startingPlane } from "../../codec/index.ts";
import type { Arrays } from "../../runtime/index.ts";
import type { Example } from "../model.ts";
import type { Describer } from "./describer.ts";
import { replay } from "./replay.ts";
import { gridSide } from "./stateSummary.ts";

/** How many decisions, and states at the start of their stages, go through the network at once. */
export interface TableSize {
  readonly rows: number;
  readonly states: number;
}

/** Decisions laid out as the network takes them; its arrays are fed under these names. */
export interface DecisionTable {
  readonly size: TableSize;
  readonly arrays: {
    /** `[rows, siteWidth]` */
    readonly sites: Float32Array;
    /** `[rows, tokens]`: which tokens may stand there. */
    readonly legal: Uint8Array;
    /** `[rows]`: the token that stood there; -1 in unused rows. */
    readonly tokens: Int32Array;
    /** `[rows]`: the row's state. */
    readonly stage: Int32Array;
    /** `[rows]`: the row's cell, among those of all states. */
    readonly cell: Int32Array;
    /** `[rows]`: how many decisions this one stands for. */
    readonly weight: Float32Array;
    /** `[states, stateWidth]` */
    readonly states: Float32Array;
  } & Arrays;
}

export function decisionTable(describer: Describer, size: TableSize): DecisionTable {
  const { rows, states } = size;
  return {
    size,
    arrays: {
      sites: new Float32Array(rows * describer.siteWidth),
      legal: new Uint8Array(rows * describer.tokens),
      tokens: new Int32Array(rows),
      stage: new Int32Array(rows),
      cell: new Int32Array(rows),
      weight: new Float32Array(rows),
      states: new Float32Array(states * describer.stateWidth),
    },
  };
}

/** Decides how much a decision counts: 0 leaves it out. */
export type Weigh = (site: Site, approximation: Float64Array) => number;

/** How much of a table is in use. */
export interface Cursor {
  rows: number;
  states: number;
}

export interface LayOutOptions {
  /** 1 for every decision by default. */
  readonly weigh?: Weigh;
  /**
   * Row for a decision that finds all rows taken: one to overwrite, or -1 for none; where states run out, decisions
   * are left out. Without this the generator yields, and expects the rows to have been used and the cursor to be back
   * at zero when it is resumed.
   */
  readonly overflow?: () => number;
}

/** Lays out the decisions of one image behind `cursor`. */
export function* layOut(
  describer: Describer,
  table: DecisionTable,
  { coefficients, label }: Example,
  cursor: Cursor,
  { weigh = () => 1, overflow }: LayOutOptions = {},
): Generator<void, void, void> {
  const language = describer.setting.language.tokens;
  const { arrays, size } = table;
  const { siteWidth, stateWidth, tokens } = describer;
  const follower = describer.follow(label, startingPlane(coefficients, language.finestPlane));
  const opening = new Float32Array(stateWidth);
  let state = -1;
  for (const { site, approximation, token } of replay(coefficients, language)) {
    if (follower.enter(site, approximation)) {
      state = -1;
      follower.writeState(opening, 0, site, approximation);
    }
    const weight = weigh(site, approximation);
    if (weight === 0) continue;
    const noState = state < 0 && cursor.states === size.states;
    if (!overflow && (cursor.rows === size.rows || noState)) {
      yield;
      state = -1;
    } else if (noState) continue; // of an image that begins above all planes counted on
    const row = cursor.rows < size.rows ? cursor.rows++ : (overflow?.() ?? -1);
    if (row < 0) continue;
    if (state < 0) {
      state = cursor.states++;
      arrays.states.set(opening, state * stateWidth);
    }
    follower.writeSite(arrays.sites, row * siteWidth, site, approximation);
    writeLegal(arrays.legal, row * tokens, site.legal, tokens);
    arrays.tokens[row] = token;
    arrays.weight[row] = weight;
    arrays.stage[row] = state;
    arrays.cell[row] = state * gridSide ** 2 + follower.cellOf(site);
  }
}

/** A set of tokens as one 0 or 1 for each token of the vocabulary. */
export function writeLegal(out: Uint8Array, at: number, legal: number, tokens: number): void {
  for (let token = 0; token < tokens; token++) out[at + token] = (legal >> token) & 1;
}

/** Marks rows from `first` on as unused: they count nothing. */
export function clearRows({ size, arrays }: DecisionTable, first: number, tokens: number): void {
  for (let row = first; row < size.rows; row++) {
    arrays.tokens[row] = -1;
    arrays.weight[row] = 0;
    arrays.stage[row] = 0;
    arrays.cell[row] = 0;
  }
  arrays.legal.fill(1, first * tokens);
}
