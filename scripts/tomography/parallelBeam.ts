/**
 * Parallel rays through a picture of `side` x `side` pixels, from `angles` directions over half a turn. The picture's sides
 * are 2 long; detectors lie a pixel apart, centered, and see along `x cos θ + y sin θ = s`.
 */
export interface ParallelBeam {
  readonly side: number;
  readonly angles: number;
  readonly detectors: number;
}

/** A beam whose detectors see the picture from corner to corner. */
export const parallelBeam = (side: number, angles: number): ParallelBeam => ({
  side,
  angles,
  detectors: Math.ceil(side * Math.SQRT2),
});

/** A matrix with as many entries in every row, some of them 0: ray sums of the pixels of a picture. */
export interface RaySums {
  /** Entries of a ray. */
  readonly perRay: number;
  /** Which pixel each entry is for: `[angles, detectors, perRay]`. */
  readonly pixels: Int32Array<ArrayBuffer>;
  /** What the pixel's density is multiplied with. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/**
 * Line integrals of a picture by linear interpolation (Joseph, An improved algorithm for reprojecting rays through pixel
 * images, 1982): a ray is followed column by column or, where it is steep, row by row, and meets each between two pixels.
 */
export function raySums({ side, angles, detectors }: ParallelBeam): RaySums {
  const perRay = 2 * side;
  const pixels = new Int32Array(angles * detectors * perRay);
  const weights = new Float32Array(pixels.length);
  const middle = (side - 1) / 2;
  let entry = 0;
  for (let j = 0; j < angles; j++) {
    const [cos, sin] = [Math.cos((Math.PI * j) / angles), Math.sin((Math.PI * j) / angles)];
    const steep = Math.abs(cos) > Math.abs(sin);
    const step = 2 / side / Math.max(Math.abs(cos), Math.abs(sin));
    for (let k = 0; k < detectors; k++) {
      const s = k - (detectors - 1) / 2; // in pixels, as are x and y
      for (let i = 0; i < side; i++) {
        // The place between pixels of row i (steep), or of column i.
        const x = (s - (middle - i) * sin) / cos;
        const y = (s - (i - middle) * cos) / sin;
        const place = steep ? middle + x : middle - y;
        const before = Math.floor(place);
        for (const at of [before, before + 1]) {
          const inside = at >= 0 && at < side;
          pixels[entry] = inside ? (steep ? i * side + at : at * side + i) : 0;
          weights[entry++] = inside ? step * (1 - Math.abs(place - at)) : 0;
        }
      }
    }
  }
  return { perRay, pixels, weights };
}

/** `A x`: what the rays meet of a picture. */
export function project({ perRay, pixels, weights }: RaySums, picture: Float64Array): Float64Array {
  const sums = new Float64Array(pixels.length / perRay);
  for (let ray = 0; ray < sums.length; ray++) {
    let sum = 0;
    for (let entry = ray * perRay; entry < (ray + 1) * perRay; entry++) {
      sum += weights[entry]! * picture[pixels[entry]!]!; // in bounds
    }
    sums[ray] = sum;
  }
  return sums;
}

/** `Aᵀ y`: every ray's number spread over the pixels that it meets, of which there are `count`. */
export function projectAdjoint(
  { perRay, pixels, weights }: RaySums,
  sums: Float64Array,
  count: number,
): Float64Array {
  const picture = new Float64Array(count);
  for (let ray = 0; ray < sums.length; ray++) {
    const sum = sums[ray]!; // ray < length
    for (let entry = ray * perRay; entry < (ray + 1) * perRay; entry++) {
      picture[pixels[entry]!]! += weights[entry]! * sum; // in bounds
    }
  }
  return picture;
}

/**
 * Filtered back-projection: projections through the ramp filter in its discrete form (Ramachandran & Lakshminarayanan
 * 1971), then for each pixel the sum over angles of what lies where it is seen, between two detectors in proportion.
 */
export function filteredBackProjection(
  { side, angles, detectors }: ParallelBeam,
  sinogram: Float64Array,
): Float64Array {
  const picture = new Float64Array(side * side);
  const middle = (side - 1) / 2;
  const filtered = new Float64Array(detectors + 1); // one 0 more, for the place beyond the last
  for (let j = 0; j < angles; j++) {
    const row = sinogram.subarray(j * detectors, (j + 1) * detectors);
    for (let k = 0; k < detectors; k++) {
      let sum = row[k]! / 4; // k < detectors
      for (let l = (k + 1) % 2; l < detectors; l += 2) sum -= row[l]! / (Math.PI * (k - l)) ** 2; // l < detectors
      filtered[k] = (sum * side) / 2; // detectors are 2 / side apart
    }
    const [cos, sin] = [Math.cos((Math.PI * j) / angles), Math.sin((Math.PI * j) / angles)];
    for (let pixel = 0; pixel < picture.length; pixel++) {
      const [x, y] = [(pixel % side) - middle, middle - Math.floor(pixel / side)];
      const place = x * cos + y * sin + (detectors - 1) / 2;
      const before = Math.floor(place);
      if (before < 0 || before >= detectors) continue;
      const share = place - before;
      picture[pixel]! += // pixel < length
        (Math.PI / angles) * ((1 - share) * filtered[before]! + share * filtered[before + 1]!); // in bounds
    }
  }
  return picture;
}
