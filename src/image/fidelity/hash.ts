import { createHash } from "node:crypto";
import type { Raster } from "../../data/images/raster.ts";
import type { FeatureStatistics } from "./frechet.ts";

/**
 * SHA-256 of the mean and the covariance as little-endian float32. Equal hashes mean equal references; other builds of Node or
 * of ONNX Runtime can round another way, so different ones may still mean the same pictures: see {@link hashOfPictures}.
 */
export function hashOfStatistics({ mean, covariance }: FeatureStatistics): string {
  const hash = createHash("sha256");
  for (const values of [mean, covariance]) {
    const bytes = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, i) => {
      bytes.setFloat32(4 * i, value, true);
    });
    hash.update(bytes);
  }
  return hash.digest("hex");
}

/** SHA-256 of pictures in their order: of each width, height and channels as little-endian uint32, then its samples. */
export function hashOfPictures(rasters: readonly Raster[]): string {
  const hash = createHash("sha256");
  const head = new DataView(new ArrayBuffer(12));
  for (const { width, height, channels, data } of rasters) {
    [width, height, channels].forEach((value, i) => {
      head.setUint32(4 * i, value, true);
    });
    hash.update(head).update(data);
  }
  return hash.digest("hex");
}
