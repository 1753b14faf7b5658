import type { Site, TokenLanguage } from "../../codec/index.ts";
import { channelSize } from "../../codec/walk/geometry.ts";
import { scaleOfLevel } from "../scales.ts";
import { writeValue } from "../sight/magnitude.ts";

/**
 * All that is known of a picture's shape: every coefficient of its bands in every channel, as it stands at the decision,
 * and which of them is asked about. The bands of a shape are few and small, so a decision can see them whole.
 */
export interface WholeShape {
  /** Numbers written for one decision. */
  readonly width: number;
  /** `site` asks about the shape. */
  write(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
}

/** Numbers of one coefficient: signed and unsigned magnitude in units of the threshold, and its value. */
const perCoefficient = 3;

/** `highestPlane` is the highest starting plane of training images: its threshold is the unit of values. */
export function wholeShape({ geometry, places }: TokenLanguage, highestPlane: number): WholeShape {
  const size = channelSize(geometry);
  const offsets = Int32Array.from([...places.level.keys()]).filter(
    (offset) => scaleOfLevel(geometry, places.level[offset]!) === "shape", // one level each offset
  );
  const place = new Int32Array(size);
  offsets.forEach((offset, k) => {
    place[offset] = k;
  });
  const known = perCoefficient * geometry.channels * offsets.length;
  const unit = 2 ** -highestPlane;
  return {
    width: known + offsets.length,
    write(out, at, site, approximation) {
      const inverse = 1 / site.threshold;
      let k = at;
      for (let base = 0; base < geometry.channels * size; base += size)
        for (const offset of offsets) {
          const value = approximation[base + offset]!;
          writeValue(out, k, value, inverse);
          out[k + 2] = value * unit;
          k += perCoefficient;
        }
      out.fill(0, k, k + offsets.length);
      out[k + place[site.offset - site.channel * size]!] = 1;
    },
  };
}
