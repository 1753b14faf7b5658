import type { Raster } from "../../data/images/raster.ts";
import { type FeatureMatrix, matrixOf } from "../fidelity/featureMatrix.ts";
import { analyze, type ImageLanguage } from "../language/language.ts";

/** Turns pictures into points: near points are pictures that look alike. */
export type Describe = (rasters: readonly Raster[]) => FeatureMatrix | Promise<FeatureMatrix>;

/**
 * Pictures as the coarse corner of their wavelet coefficients, whole levels of up to `side` × `side` in each channel. For an
 * orthogonal wavelet the distance of two points is that of the two pictures after all finer detail was taken away, so noise
 * and specks hardly count.
 */
export function coarseFeatures(language: ImageLanguage, side: number): Describe {
  const { channels, height, width, levels } = language.tokens.geometry;
  let shrink = 0;
  while (shrink < levels && Math.max(height, width) / 2 ** shrink > side) shrink++;
  const [rows, columns] = [height / 2 ** shrink, width / 2 ** shrink];
  const pointOf = (raster: Raster) => {
    const coefficients = analyze(raster, language);
    const point = new Float64Array(channels * rows * columns);
    for (let row = 0; row < channels * rows; row++) {
      const start = (Math.floor(row / rows) * height + (row % rows)) * width;
      point.set(coefficients.subarray(start, start + columns), row * columns);
    }
    return point;
  };
  return (rasters) => matrixOf(rasters.map(pointOf));
}
