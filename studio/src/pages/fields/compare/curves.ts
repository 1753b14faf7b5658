/** A point of a curve. */
export interface CurvePoint {
  readonly step: number;
  readonly seconds: number;
  readonly psnr: number;
}

/** Curves over one axis: their values where they have points, null elsewhere. */
export interface Joined {
  readonly x: number[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Curves over seconds or steps; the constants are levels that reach over all of it, from their first place. */
export function joinedCurves(
  curves: readonly (readonly CurvePoint[])[],
  axis: "seconds" | "steps",
  level?: { readonly from: number; readonly psnr: number },
): Joined {
  const placeOf = (point: CurvePoint) => (axis === "seconds" ? point.seconds : point.step);
  const places = curves.flatMap((curve) => curve.map(placeOf));
  if (level) places.push(axis === "seconds" ? level.from : 0, Math.max(1, ...places));
  const x = [...new Set(places)].sort((a, b) => a - b);
  const values = curves.map((curve) => {
    const known = new Map(curve.map((point) => [placeOf(point), point.psnr]));
    return x.map((at) => known.get(at) ?? null);
  });
  if (level) values.push(x.map((at) => (axis === "steps" || at >= level.from ? level.psnr : null)));
  return { x, values };
}
