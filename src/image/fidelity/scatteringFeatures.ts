import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { nextTask } from "../../runtime/nextTask.ts";
import type { Matrix } from "../../wavelets/arrays/matrix.ts";
import { createScattering2, type Scatterer2 } from "../../wavelets/scattering/scattering2.ts";
import { toPlanes } from "../language/color.ts";
import type { FeatureExtractor } from "./extractor.ts";
import { matrixOf } from "./featureMatrix.ts";

const orientations = 4;

/**
 * Scattering features of pictures of one size: scattering coefficients of order 0 to 2 of luma with four orientations, and of
 * color pictures those of order 0 and 1 of both chroma planes, each averaged over the four quarters of the picture. There are 2
 * octaves of wavelets below a side of 64 pixels, 3 below 128, and 4 from there on: 100, 244 and 452 numbers for gray pictures,
 * 172, 348 and 588 for color. Nothing in them is trained. Throws UserError for pictures with a side below 4 pixels.
 */
export function scatteringFeatures({
  width,
  height,
  channels,
}: Pick<Raster, "width" | "height" | "channels">): FeatureExtractor {
  const side = Math.min(width, height);
  if (side < 4)
    throw new UserError(
      `scattering features need pictures of at least 4×4 pixels, not ${width}×${height}`,
    );
  const scales = side < 8 ? 1 : side < 64 ? 2 : side < 128 ? 3 : 4;
  const luma = createScattering2(height, width, { scales, orientations });
  const chroma =
    channels === 3
      ? createScattering2(height, width, { scales, orientations, order: 1 })
      : undefined;
  const rowOf = (raster: Raster): number[] => {
    if (raster.width !== width || raster.height !== height || raster.channels !== channels)
      throw new RangeError(
        `features for ${width}×${height} pixels of ${channels} do not take ${raster.width}×${raster.height} of ${raster.channels}`,
      );
    const planes = toPlanes(raster, channels === 3 ? "ycbcr" : "gray");
    return planes.flatMap((data, i) =>
      quarters((i > 0 && chroma) || luma, { height, width, data }),
    );
  };
  return {
    description:
      `scattering of ${width}×${height} pixels, J = ${scales}, L = ${orientations}, order 2 of luma` +
      `${channels === 3 ? " and 1 of chroma" : ""}, means over quarters, in deviations of the reference`,
    standardized: true,
    async features(rasters, onDone = () => {}) {
      const rows: number[][] = [];
      for (const raster of rasters) {
        rows.push(rowOf(raster));
        if (rows.length % 64 === 0) await nextTask();
        onDone(rows.length);
      }
      return matrixOf(rows);
    },
  };
}

/** The mean of every band over its quarters; the middle row and column of an odd size belong to both sides. */
function quarters(scatterer: Scatterer2, plane: Matrix): number[] {
  return scatterer.transform(plane).bands.flatMap(({ height, width, data }) => {
    const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
    return [0, height - rows].flatMap((top) =>
      [0, width - columns].map((left) => {
        let sum = 0;
        for (let y = top; y < top + rows; y++)
          for (let x = left; x < left + columns; x++) sum += data[y * width + x]!;
        return sum / (rows * columns);
      }),
    );
  });
}
