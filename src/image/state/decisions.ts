import { type Site, startingPlane } from "../../codec/index.ts";
import type { Arrays } from "../../runtime/compile.ts";
import { replay } from "../language/replay.ts";
import type { Example, ModelSetting } from "../model.ts";
import { type PerScale, perScale, type Scale, scaleNames, scaleOfLevel } from "../scales.ts";
import { wordArray, writeWords } from "../words/wordVectors.ts";
import type { Describer } from "./describer.ts";
import { askedWidth, mostMembers } from "./guesses.ts";
import { gridCells } from "./stateSummary.ts";

/** How many decisions of each scale, and states at the start of their stages, go through the network at once. */
export interface TableSize {
  readonly rows: PerScale<number>;
  readonly states: number;
  /** How many images these states can be of; as many as there are states by default. */
  readonly images?: number;
}

export const imagesOf = ({ images, states }: TableSize): number => images ?? states;

/**
 * Rows of batches of `images` images: those wanted, or as many as that many training images can have decisions, where these
 * are fewer. In each plane a coefficient is asked about once at most, in reading B once more when it is found.
 */
export function tableRows(
  { language: { tokens }, highestPlane }: ModelSetting,
  wanted: PerScale<number>,
  images: number,
): PerScale<number> {
  const { geometry, places, finestPlane, reading } = tokens;
  const planes = Math.max(1, highestPlane - finestPlane + 1);
  const perCoefficient = planes * (reading === "A" ? 1 : 2);
  return perScale((scale) => {
    const ofScale = places.level.filter((level) => scaleOfLevel(geometry, level) === scale).length;
    const most = images * geometry.channels * ofScale * perCoefficient;
    return Math.max(1, Math.min(wanted[scale], most));
  });
}

/** Decisions of one scale. */
export interface Rows {
  readonly count: number;
  /** `[rows, siteWidth]` */
  readonly sites: Float32Array;
  /** `[rows, tokens]`: which tokens may stand there. */
  readonly legal: Uint8Array;
  /** `[rows]`: the token that stood there; -1 in unused rows. */
  readonly tokens: Int32Array;
  /** `[rows]`: the row's cell, among those of all states. */
  readonly cell: Int32Array;
  /** `[rows]`: how many decisions this one stands for. */
  readonly weight: Float32Array;
  /** `[rows]`: whom the decision was said to belong to. */
  readonly owner: Int32Array;
}

/** Decisions laid out as the network takes them. */
export interface DecisionTable {
  readonly size: TableSize;
  readonly rows: PerScale<Rows>;
  /** `[states, stateWidth]` */
  readonly states: Float32Array;
  /** What the images show, where the model is told. */
  readonly words: WordTable | undefined;
}

/** The words of images. */
export interface WordTable {
  /** `[images, length]`: the words of each caption, with 0 behind the last. */
  readonly words: Float32Array<ArrayBuffer>;
  /** `[images]`: the class of each, -1 where it is not told. */
  readonly label: Int32Array;
  /** `[states]`: the image of each state. */
  readonly image: Int32Array;
  /** `[rows, mostMembers]`: which guessed coefficients a decision of the shape is about, among those of all states. */
  readonly members: Int32Array;
  /** `[rows, askedWidth]`: how it asks about them. */
  readonly asked: Float32Array;
}

export function decisionTable(describer: Describer, size: TableSize): DecisionTable {
  const { siteWidth, stateWidth, tokens } = describer;
  const { words } = describer.setting;
  return {
    size,
    rows: perScale((scale) => {
      const count = size.rows[scale];
      return {
        count,
        sites: new Float32Array(count * siteWidth[scale]),
        legal: new Uint8Array(count * tokens),
        tokens: new Int32Array(count),
        cell: new Int32Array(count),
        weight: new Float32Array(count),
        owner: new Int32Array(count),
      };
    }),
    states: new Float32Array(size.states * stateWidth),
    words: words && {
      words: wordArray(imagesOf(size), words),
      label: new Int32Array(imagesOf(size)),
      image: new Int32Array(size.states),
      members: new Int32Array(size.rows.shape * mostMembers),
      asked: new Float32Array(size.rows.shape * askedWidth),
    },
  };
}

/** A table's arrays under the names of the graph's inputs: `states`, and `shape.sites`, `detail.sites`, …, `captions.words`, …. */
export function feedsOf({ rows, states, words }: DecisionTable): Arrays {
  const named = scaleNames.flatMap((scale) => {
    const { sites, legal, tokens, cell, weight } = rows[scale];
    const arrays = { sites, legal, tokens, cell, weight };
    return Object.entries(arrays).map(([name, values]) => [`${scale}.${name}`, values] as const);
  });
  return {
    ...{ states, ...Object.fromEntries(named) },
    ...(words && {
      ...{ "captions.words": words.words, "captions.label": words.label },
      ...{ "captions.image": words.image },
      ...{ "captions.members": words.members, "captions.asked": words.asked },
    }),
  };
}

/** Decides how much a decision counts: 0 leaves it out. */
export type Weigh = (site: Site, approximation: Float64Array) => number;

/** How much of a table is in use. */
export interface Cursor {
  readonly rows: Record<Scale, number>;
  states: number;
  images: number;
}

export const startOfTable = (): Cursor => ({ rows: { shape: 0, detail: 0 }, states: 0, images: 0 });

export interface LayOutOptions {
  /** 1 for every decision by default. */
  readonly weigh?: Weigh;
  /** Whose the decisions are, for `Rows.owner`; 0 by default. */
  readonly owner?: number;
  /**
   * Which row of its scale a decision takes that finds all of them taken, or -1 for none; where states run out,
   * decisions are left out. Without this the generator yields, and expects the rows to have been used and the cursor
   * to be back at the start when it is resumed.
   */
  readonly overflow?: (scale: Scale) => number;
}

/** Lays out the decisions of one image behind `cursor`. */
export function* layOut(
  describer: Describer,
  table: DecisionTable,
  { coefficients, label, words = [] }: Example,
  cursor: Cursor,
  { weigh = () => 1, owner = 0, overflow }: LayOutOptions = {},
): Generator<void, void, void> {
  const { setting } = describer;
  const language = setting.language.tokens;
  const { siteWidth, stateWidth, tokens, scaleOf, guesses } = describer;
  const follower = describer.follow(label, startingPlane(coefficients, language.finestPlane));
  const opening = new Float32Array(stateWidth);
  let state = -1;
  let image = -1;
  for (const { site, approximation, token } of replay(coefficients, language)) {
    if (follower.enter(site, approximation)) {
      state = -1;
      follower.writeState(opening, 0, site, approximation);
    }
    const weight = weigh(site, approximation);
    if (weight === 0) continue;
    const scale = scaleOf(site);
    const rows = table.rows[scale];
    const noState = state < 0 && cursor.states === table.size.states;
    if (!overflow && (cursor.rows[scale] === rows.count || noState)) {
      yield;
      [state, image] = [-1, -1];
    } else if (noState) continue; // of an image that begins above all planes counted on
    const row = cursor.rows[scale] < rows.count ? cursor.rows[scale]++ : (overflow?.(scale) ?? -1);
    if (row < 0) continue;
    if (state < 0) {
      state = cursor.states++;
      table.states.set(opening, state * stateWidth);
      if (table.words && setting.words) {
        if (image < 0) {
          image = cursor.images++;
          writeWords(table.words.words, image, words, setting.words);
          table.words.label[image] = label;
        }
        table.words.image[state] = image;
      }
    }
    follower.writeSite(rows.sites, row * siteWidth[scale], site, approximation);
    if (table.words && guesses && scale === "shape") {
      const { members, asked } = table.words;
      guesses.writeMembers(members, row * mostMembers, state * guesses.places, site);
      guesses.writeAsked(asked, row * askedWidth, site, approximation);
    }
    writeLegal(rows.legal, row * tokens, site.legal, tokens);
    rows.tokens[row] = token;
    rows.weight[row] = weight;
    rows.cell[row] = state * gridCells + follower.cellOf(site);
    rows.owner[row] = owner;
  }
}

/** A set of tokens as one 0 or 1 for each token of the vocabulary. */
export function writeLegal(out: Uint8Array, at: number, legal: number, tokens: number): void {
  for (let token = 0; token < tokens; token++) out[at + token] = (legal >> token) & 1;
}

/** Clears what is not in use, so that it counts nothing and a table is a function of what was laid out. */
export function clearUnused(
  { rows, states, words, size }: DecisionTable,
  cursor: Cursor,
  { siteWidth, stateWidth, tokens }: Describer,
): void {
  for (const scale of scaleNames) {
    const { sites, legal, tokens: answers, weight, cell } = rows[scale];
    const used = cursor.rows[scale];
    sites.fill(0, used * siteWidth[scale]);
    answers.fill(-1, used);
    for (const array of [weight, cell]) array.fill(0, used);
    legal.fill(1, used * tokens);
  }
  states.fill(0, cursor.states * stateWidth);
  if (!words) return;
  words.image.fill(0, cursor.states);
  words.label.fill(0, cursor.images);
  words.members.fill(0, cursor.rows.shape * mostMembers);
  words.asked.fill(0, cursor.rows.shape * askedWidth);
  words.words.fill(0, (cursor.images * words.words.length) / imagesOf(size));
}
