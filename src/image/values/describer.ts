import { type Site, SiteKind, startingPlane } from "../../codec/index.ts";
import { type MutableSite, newSite } from "../../codec/walk/site.ts";
import { log2Of } from "../../nn/integer/elementary.ts";
import type { ModelSetting } from "../model.ts";
import { type PictureSight, pictureWindows } from "../sight/pictureWindows.ts";
import { siteFeatures } from "../sight/siteFeatures.ts";
import { valuePlane } from "./replayValues.ts";
import { type ValueRanges, valueRanges } from "./valueRanges.ts";

/** What a coefficient is described by, beside where it lies and its range. */
export interface ValueSight {
  /** Radius of the window around the coefficient, in its own band. */
  readonly own: number;
  /** Radius of the window at the same place in the two other bands of its level. */
  readonly siblings: number;
  /** Radius of the window at the same place in each other channel. */
  readonly channels: number;
  readonly picture: PictureSight;
}

/** Describes the coefficients of one walk, one after another. */
export interface ValueFollower {
  /** To be called first at every coefficient. */
  enter(site: Site, approximation: Float64Array): void;
  readonly ranges: ValueRanges;
  /** `site` may be that of any token of the coefficient. */
  write(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
}

/** What one description is made of; see `siteFeatures` and `pictureWindows`. */
export interface ValueDescriber {
  readonly setting: ModelSetting;
  /** Numbers of one description. */
  readonly width: number;
  follow(label: number, startingPlane: number): ValueFollower;
}

/** Numbers that tell a range. */
const rangeWidth = 5;
const clip = (x: number) => Math.max(-1, Math.min(1, x));

export function valueDescriber(setting: ModelSetting, sight: ValueSight): ValueDescriber {
  const { language, classes, highestPlane } = setting;
  const { tokens } = language;
  const { geometry } = tokens;
  const { own, siblings, channels } = sight;
  const pattern = { own, siblings, parent: 0, grandparent: -1, children: -1 };
  const features = siteFeatures({ language: tokens, pattern, channels, classes, highestPlane });
  const windowsWidth = pictureWindows(language, sight.picture).width;
  return {
    setting,
    width: features.width + windowsWidth + rangeWidth,
    follow(label, plane) {
      const windows = pictureWindows(language, sight.picture);
      const ranges = valueRanges(language, plane);
      /** Of which channel and level windows were begun last. */
      let begun = { channel: -1, level: -1 };
      const own: MutableSite = newSite();
      return {
        ranges,
        enter(site, approximation) {
          ranges.enter(site, approximation);
          const { channel, level } = site;
          if (begun.channel === channel && begun.level === level) return;
          begun = { channel, level };
          windows.begin(site, approximation);
        },
        write(out, at, site, approximation) {
          // As `replayValues` tells it, whichever token is asked about.
          Object.assign(own, site);
          own.plane = valuePlane(geometry, site.level);
          own.threshold = 2 ** own.plane;
          own.kind = SiteKind.coefficient;
          own.legal = 0;
          // Of itself nothing is known yet in training, but a walk may know a part that is certain or was just told.
          const known = approximation[site.offset]!;
          approximation[site.offset] = 0;
          features.write(out, at, own, approximation, plane, label);
          let k = at + features.width;
          windows.write(out, k, own, approximation);
          approximation[site.offset] = known;
          k += windowsWidth;
          const [low, high] = [ranges.low(site.offset), ranges.high(site.offset)];
          out[k] = clip(low / 256);
          out[k + 1] = clip(high / 256);
          out[k + 2] = log2Of(1 + high - low) / 8;
          out[k + 3] = clip(low / 16);
          out[k + 4] = clip(high / 16);
        },
      };
    },
  };
}

/** A follower of an image that is known. */
export const followImage = (
  describer: ValueDescriber,
  { coefficients, label }: { readonly coefficients: Float64Array; readonly label: number },
): ValueFollower => {
  const { finestPlane } = describer.setting.language.tokens;
  return describer.follow(label, startingPlane(coefficients, finestPlane));
};
