import { fixed } from "../data/draw/svgText.ts";
import { optionNames } from "../wavelets/arguments/options.ts";
import { checkResult } from "../wavelets/arguments/result.ts";
import type { WaveletCoherence } from "../wavelets/continuous/coherence/waveletCoherence.ts";
import { coneShade } from "./cone.ts";
import {
  checkStart,
  type PlotOptions,
  plotNames,
  type StartOption,
  sized,
  spoken,
} from "./options.ts";
import { colorIndex, magnitudes } from "./svg/colors.ts";
import type { Box, Frame } from "./svg/frame.ts";
import { nearestRow, timeFrequencyPicture } from "./timeFrequency.ts";

/** Options of {@link plotCoherence}. */
export interface CoherenceOptions extends PlotOptions, StartOption {
  /** The unit of the transforms' sampling period, such as "s"; samples by default. */
  readonly unit?: string;
  /** The least coherence at which an arrow shows the phase; 0.5 by default, and above 1 there are no arrows. */
  readonly arrowsFrom?: number;
  /** Whether what the extension beyond the ends affects is faded; true by default. */
  readonly cone?: boolean;
}

const names = optionNames<CoherenceOptions>({
  ...plotNames,
  start: true,
  unit: true,
  arrowsFrom: true,
  cone: true,
});

/** Pixels from one arrow to the next, and of half an arrow. */
const [apart, half] = [30, 8];

/**
 * The coherence of two signals as an SVG picture: time to the right, frequency upward on a logarithmic axis, colors from 0 to 1, and arrows for the
 * phase where the coherence is high: to the right where the signals go together, to the left where against one another, upward where the first is ahead by
 * a quarter of a period.
 *
 * Throws TypeError for anything but a result of `waveletCoherence` or an unknown option, RangeError for sizes out of range.
 *
 * @example
 * ```ts
 * const [x, y] = [0, 2].map((delay) => Float64Array.from({ length: 300 }, (_, n) => Math.sin((n - delay) / 5)));
 * const of = (data) => cwt(data, scalesFor({ from: 2, to: 40 }), "morlet6");
 * const svg = plotCoherence(waveletCoherence(of(x), of(y)));
 * console.log(svg.includes("<title>Coherence by morlet6</title>"));
 * // → true
 * ```
 */
export function plotCoherence(found: WaveletCoherence, options: CoherenceOptions = {}): string {
  checkResult(found, "coherence", "waveletCoherence");
  const { coherence, frequencies, length, samplingPeriod, wavelet } = found;
  const given = sized(options, names, [760, 440]);
  const { unit = "", start = 0, arrowsFrom = 0.5, cone = true } = given;
  checkStart(start);
  const mean = (row: number, from: number, to: number) => {
    let sum = 0;
    for (let n = from; n < to; n++) sum += coherence[row * length + n]!;
    return sum / (to - from);
  };
  const rows = frequencies.map((_, row) => mean(row, 0, length));
  const most = rows.indexOf(Math.max(...rows));
  const range = [Math.min(...frequencies), Math.max(...frequencies)] as const;
  const per = unit === "s" ? " Hz" : ` cycles per ${unit || "sample"}`;
  const period = wavelet.eFolding * wavelet.centralFrequency;
  return timeFrequencyPicture({
    title: given.title ?? `Coherence by ${wavelet.name}`,
    description:
      `The coherence of two signals of ${length} samples at ${frequencies.length} frequencies from ${spoken(range[0])} to ` +
      `${spoken(range[1])}${per}, by ${wavelet.name}. Its mean over time is largest, ${spoken(rows[most]!)}, at ${spoken(frequencies[most]!)}${per}.`,
    ...{ frequencies, length, samplingPeriod, start, unit, palette: magnitudes() },
    color: (row, from, to) => colorIndex(mean(row, from, to)),
    bar: { label: "coherence", ticks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => [at, at] as const) },
    ...(arrowsFrom <= 1 && { note: "arrows: right in phase, left against it, up the first ahead" }),
    over: (frame, box) =>
      (cone
        ? coneShade(frame, box, [start, length * samplingPeriod], range, (f) => period / f)
        : "") + arrows(found, frame, box, { start, arrowsFrom }),
    ...{ width: given.width, height: given.height },
  });
}

/** Arrows at the points of a grid where the coherence is high. */
function arrows(
  { coherence, phase, frequencies, length }: WaveletCoherence,
  { y }: Frame,
  box: Box,
  { arrowsFrom }: { readonly start: number; readonly arrowsFrom: number },
): string {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const [columns, lines] = [Math.floor(width / apart), Math.floor(height / apart)];
  const drawn: string[] = [];
  const [top, bottom] = [box.top, box.bottom];
  const [high, low] = [Math.max(...frequencies), Math.min(...frequencies)];
  const span = y.place(low) - y.place(high) || 1;
  for (let line = 0; line < lines; line++) {
    const pixel = top + ((line + 0.5) * (bottom - top)) / lines;
    const log = Math.log(high) + ((pixel - y.place(high)) / span) * Math.log(low / high);
    const row = nearestRow(frequencies, log);
    for (let column = 0; column < columns; column++) {
      const share = (column + 0.5) / columns;
      const at = row * length + Math.min(length - 1, Math.floor(share * length));
      if (!(coherence[at]! >= arrowsFrom && coherence[at]! > 0)) continue;
      drawn.push(arrow(box.left + share * width, pixel, phase[at]!));
    }
  }
  if (drawn.length === 0) return "";
  const path = drawn.join("");
  return (
    `<path d="${path}" stroke="#fff" stroke-width="3" stroke-opacity="0.6"/>` +
    `<path d="${path}" stroke="#111" stroke-width="1.3"/>`
  );
}

/** The path of an arrow in the direction of an angle, counterclockwise from the right. */
function arrow(x: number, y: number, angle: number): string {
  const tip = [x + half * Math.cos(angle), y - half * Math.sin(angle)] as const;
  const end = (turn: number) => {
    const at = angle + Math.PI + turn;
    return `${fixed(tip[0] + 6 * Math.cos(at))} ${fixed(tip[1] - 6 * Math.sin(at))}`;
  };
  return (
    `M${fixed(2 * x - tip[0])} ${fixed(2 * y - tip[1])}L${fixed(tip[0])} ${fixed(tip[1])}` +
    `M${end(0.5)}L${fixed(tip[0])} ${fixed(tip[1])}L${end(-0.5)}`
  );
}
