import { type Site, tokenNames } from "../../codec/index.ts";
import type { ModelSetting } from "../model.ts";
import { type PerScale, type Scale, scaleOf } from "../scales.ts";
import type { NeighborhoodPattern } from "../sight/neighborhood.ts";
import { type PictureSight, pictureWindows } from "../sight/pictureWindows.ts";
import { siteFeatures } from "../sight/siteFeatures.ts";
import { type GuessAsker, guessAsker } from "./guesses.ts";
import { stateSummary } from "./stateSummary.ts";
import { wholeShape } from "./wholeShape.ts";

/** How far a decision looks. */
export interface Sight {
  readonly pattern: NeighborhoodPattern;
  /** Radius of the window in each other channel. */
  readonly channels: number;
  readonly picture: PictureSight;
}

/** Puts what a walk knows into numbers for the network. Immutable; `follow` makes one of its own for each walk. */
export interface Describer {
  readonly setting: ModelSetting;
  /** Numbers that describe one decision of each scale. */
  readonly siteWidth: PerScale<number>;
  /** Numbers that describe the whole picture at the start of a stage, and each cell of it. */
  readonly stateWidth: number;
  readonly cellWidth: number;
  /** Most stages of an image. */
  readonly stages: number;
  /** Tokens of the vocabulary. */
  readonly tokens: number;
  readonly scaleOf: (site: Site) => Scale;
  /** What decisions ask of the guess that words are, where the model is told some. */
  readonly guesses: GuessAsker | undefined;
  follow(label: number, startingPlane: number): Follower;
}

/** Describes the decisions of one walk, one after another. */
export interface Follower {
  /** To be called first at every decision; true where a new stage begins. */
  enter(site: Site, approximation: Float64Array): boolean;
  /** Whether a decision belongs to the stage that was entered last. */
  isIn(site: Site): boolean;
  writeState(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
  writeSite(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
  /** Cell of the summary's grid. */
  cellOf(site: Site): number;
}

export function createDescriber(setting: ModelSetting, sight: Sight): Describer {
  const { language, classes, highestPlane } = setting;
  const { tokens } = language;
  const { pattern, channels } = sight;
  const features = siteFeatures({ language: tokens, pattern, channels, classes, highestPlane });
  const summary = stateSummary({ language, classes, highestPlane });
  const shape = wholeShape(tokens, highestPlane);
  const scale = scaleOf(tokens);
  const detailWidth = features.width + pictureWindows(language, sight.picture).width;
  return {
    setting,
    siteWidth: { shape: detailWidth + shape.width, detail: detailWidth },
    stateWidth: summary.width,
    cellWidth: summary.cellWidth,
    stages: summary.stages,
    tokens: tokenNames[tokens.vocabulary].length,
    scaleOf: scale,
    guesses: setting.words && guessAsker(language),
    follow(label, startingPlane) {
      const windows = pictureWindows(language, sight.picture);
      const states = summary.follow();
      let stage = Number.NaN;
      return {
        enter(site, approximation) {
          const now = summary.stageOf(site);
          if (now === stage) return false;
          stage = now;
          windows.begin(site, approximation);
          return true;
        },
        isIn: (site) => summary.stageOf(site) === stage,
        writeState: (out, at, site, approximation) =>
          states.write(out, at, site, approximation, label),
        writeSite(out, at, site, approximation) {
          features.write(out, at, site, approximation, startingPlane, label);
          windows.write(out, at + features.width, site, approximation);
          if (scale(site) === "shape") shape.write(out, at + detailWidth, site, approximation);
        },
        cellOf: summary.cellOf,
      };
    },
  };
}
