/** How often each starting plane occurs in each class: the distribution m̃ is drawn from and paid for (paper §4.2). */
export interface StartingPlanes {
  /** -log2 of the share of a plane in its class, counted with add-½. */
  bits(label: number, plane: number): number;
  /** The plane at quantile `uniform` in [0, 1) of the class's own distribution. Planes never seen are never drawn. */
  draw(label: number, uniform: number): number;
}

/** Counts the planes (indices below `planes`) of a training set by class. */
export function countStartingPlanes(
  images: Iterable<{ readonly label: number; readonly plane: number }>,
  planes: number,
): StartingPlanes {
  const counts = new Map<number, Float64Array>();
  const rowOf = (label: number) => counts.get(label) ?? new Float64Array(planes);
  for (const { label, plane } of images) {
    const row = rowOf(label);
    row[plane]! += 1;
    counts.set(label, row);
  }
  return {
    bits(label, plane) {
      const row = rowOf(label);
      const total = row.reduce((sum, n) => sum + n, planes / 2);
      return -Math.log2(((row[plane] ?? 0) + 0.5) / total);
    },
    draw(label, uniform) {
      const row = counts.get(label);
      if (!row) throw new RangeError(`no image of class ${label} was counted`);
      let left = uniform * row.reduce((sum, n) => sum + n, 0);
      const found = row.findIndex((n) => {
        left -= n;
        return left < 0;
      });
      return found >= 0 ? found : row.findLastIndex((n) => n > 0); // rounding may leave a crumb
    },
  };
}
