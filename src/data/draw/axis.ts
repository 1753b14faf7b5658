/** An axis of a chart: ticks at round values, and the pixel of a value. */
export interface Axis {
  readonly ticks: readonly number[];
  place(value: number): number;
}

/** The axis of these values, from one pixel to another; finite values only, positive ones of a logarithmic scale. */
export function axis(
  values: readonly number[],
  [from, to]: readonly [number, number],
  scale: "linear" | "log",
): Axis {
  const found = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ] as const;
  const [low, high] = found[0] <= found[1] ? found : ([scale === "log" ? 1 : 0, 1] as const);
  if (scale === "log") {
    const decades = Math.log10(high / low) || 1;
    return {
      ticks: logTicks(low, high),
      place: (value) => from + ((to - from) * Math.log10(value / low)) / decades,
    };
  }
  const room = high > low ? high - low : Math.abs(high) || 1;
  const step = roundStep(room / 6);
  const [start, end] = [
    Math.floor(low / step),
    Math.max(Math.ceil(high / step), Math.floor(low / step) + 1),
  ];
  return {
    // Whole multiples, so that 0.3 does not read 0.30000000000000004 and zero is zero.
    ticks: Array.from({ length: end - start + 1 }, (_, i) =>
      Number(((start + i) * step).toPrecision(12)),
    ),
    place: (value) => from + ((to - from) * (value / step - start)) / (end - start),
  };
}

/** The axis of exactly this range, from one pixel to another: ticks at the round values within it. */
export function exactAxis(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  scale: "linear" | "log" = "linear",
): Axis {
  const room = high - low || 1;
  const step = roundStep((Math.abs(room) * 45) / Math.abs(to - from));
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  const round = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  if (scale === "linear")
    return { ticks: round, place: (value) => from + ((to - from) * (value - low)) / room };
  const span = Math.log(high / low) || 1;
  const ticks = logTicks(low, high);
  return {
    ticks: ticks.length > 1 ? ticks : round,
    place: (value) => from + ((to - from) * Math.log(value / low)) / span,
  };
}

/** The least of 1, 2, 5 × 10ⁿ that is at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((factor) => factor * power >= step * 0.999) ?? 10);
}

/** Powers of ten, with 2 and 5 between them where there are few. */
function logTicks(low: number, high: number): number[] {
  const ticks = (factors: readonly number[]) => {
    const all: number[] = [];
    for (let n = Math.floor(Math.log10(low)); n <= Math.ceil(Math.log10(high)); n++) {
      all.push(...factors.map((factor) => Number((factor * 10 ** n).toPrecision(3))));
    }
    return all.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  };
  const tens = ticks([1]);
  return tens.length >= 4 ? tens : ticks([1, 2, 5]);
}

/** `12000` → `12,000`, `1e7` → `10 M`: short enough to stand under a tick. */
export function tickText(value: number): string {
  return Math.abs(value) >= 1e6
    ? `${Number((value / 1e6).toPrecision(6))} M`
    : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
}
