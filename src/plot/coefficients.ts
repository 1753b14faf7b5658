import { optionNames } from "../wavelets/arguments/options.ts";
import { checkResult } from "../wavelets/arguments/result.ts";
import type { FloatArray } from "../wavelets/arrays/floatArray.ts";
import type { Wavedec } from "../wavelets/discrete/wavedec.ts";
import {
  checkStart,
  type StartOption,
  sized,
  spoken,
  type TimeOptions,
  timed,
  timeNames,
} from "./options.ts";
import { frame } from "./svg/frame.ts";
import { classes, picture } from "./svg/picture.ts";
import { energyOf, largest, stems } from "./svg/stems.ts";

/** Options of {@link plotCoefficients}. */
export interface CoefficientsOptions extends TimeOptions, StartOption {
  /** The signal, drawn above its coefficients. */
  readonly signal?: FloatArray;
}

const names = optionNames<CoefficientsOptions>({ ...timeNames, start: true, signal: true });

/** Pixels of the row of a band without its gap, by default. */
const rowHeight = 58;
const [top, below, gap] = [40, 50, 12];

/**
 * The coefficients of a signal's multi-level transform as an SVG picture: a row for each band, coarsest first, each with a scale of its own,
 * over the time of the signal. A coefficient is a line where its filter is centered; those centered beyond the ends of
 * the signal, which the extension makes, are not drawn.
 *
 * Throws TypeError for anything but a result of `wavedec` or an unknown option, RangeError for a size out of range and for a signal of another
 * length.
 *
 * @example
 * ```ts
 * const signal = Float64Array.from({ length: 256 }, (_, n) => Math.sin(n / 9) + (n === 99 ? 2 : 0));
 * const svg = plotCoefficients(wavedec(signal, "db4"), { signal });
 * console.log(svg.includes("<title>Coefficients by db4</title>"));
 * // → true
 * ```
 */
export function plotCoefficients(
  decomposition: Wavedec,
  options: CoefficientsOptions = {},
): string {
  checkResult(decomposition, "coefficients", "wavedec");
  const { coefficients, length, mode, wavelet } = decomposition;
  const rows = coefficients.length + (options.signal ? 1 : 0);
  const tall = top + below + rows * (rowHeight + gap);
  const {
    signal,
    title,
    width,
    height,
    start = 0,
  } = sized(options, names, [760, Math.max(tall, 200)]);
  const { samplingPeriod, unit } = timed(options);
  checkStart(start);
  if (signal && signal.length !== length)
    throw new RangeError(`the signal has ${signal.length} samples instead of ${length}`);
  const levels = coefficients.length - 1;
  const f = wavelet.decLo.length;
  const shift = mode === "periodization" ? 0.5 : 1.5 - f / 2;
  const bands = coefficients.map((values, i) => {
    const level = i === 0 ? levels : levels + 1 - i;
    const hop = 2 ** level;
    return {
      name: `${i === 0 ? "A" : "D"}${level}`,
      values,
      // The center of the filters from the signal to coefficient k.
      time: (k: number) => hop * k + shift * (hop - 1),
    };
  });
  const all = [
    ...(signal ? [{ name: "signal", values: signal, time: (n: number) => n }] : []),
    ...bands,
  ];
  const each = (height - top - below) / rows - gap;
  const drawn = all.map(({ name, values, time }, i) => {
    const most = largest(values) || 1;
    const box = {
      ...{ left: 100, right: width - 24 },
      ...{ top: top + i * (each + gap), bottom: top + i * (each + gap) + each },
    };
    const isLast = i === rows - 1;
    const { x, y, svg } = frame(
      box,
      {
        range: [start, start + length * samplingPeriod],
        ...(isLast ? { label: unit ? `time in ${unit}` : "samples" } : { ticks: [] }),
      },
      {
        ...{ range: [-1.08 * most, 1.08 * most], label: name },
        ticks: [-most, 0, most],
        text: (value) => spoken(value).replace("-", "−"),
      },
      84,
    );
    const path = stems(values, (k) => x.place(start + (time(k) + 0.5) * samplingPeriod), y.place, [
      box.left,
      box.right,
    ]);
    const color = name === "signal" || name.startsWith("A") ? classes.first : classes.second;
    return `${svg}<path class="${color}" d="M${box.left} ${y.place(0)}H${box.right}${path}"/>`;
  });
  const energies = bands.map(({ values }) => energyOf(values));
  const whole = energies.reduce((a, b) => a + b, 0) || 1;
  const shares = bands.map(({ name }, i) => `${name} ${spoken((100 * energies[i]!) / whole)} %`);
  return picture(
    {
      title: title ?? `Coefficients by ${wavelet.name}`,
      description:
        `The wavelet coefficients of ${length} samples by ${wavelet.name} in ${levels} levels, mode ${mode}. ` +
        `Of their energy the bands hold ${shares.join(", ")}.`,
      ...{ width, height },
    },
    drawn,
  );
}
