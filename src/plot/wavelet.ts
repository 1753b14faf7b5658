import { textPath } from "../data/draw/svgText.ts";
import { optionNames } from "../wavelets/arguments/options.ts";
import { continuousWavelet } from "../wavelets/continuous/families.ts";
import type { AnyWavelet } from "../wavelets/continuous/frequency.ts";
import { checkContinuousWavelet } from "../wavelets/continuous/wavelet/check.ts";
import type { ContinuousWavelet } from "../wavelets/continuous/wavelet/definition.ts";
import { frequencyResponse } from "../wavelets/families/frequencyResponse.ts";
import { isWaveletName, waveletAliases, waveletOf } from "../wavelets/families/wavelet.ts";
import {
  dualFunctions,
  type SampledFunction,
  waveletFunctions,
} from "../wavelets/families/waveletFunctions.ts";
import type { Wavelet } from "../wavelets/filterBank/wavelet.ts";
import { type PlotOptions, plotNames, sized, spoken } from "./options.ts";
import { type Box, frame } from "./svg/frame.ts";
import { classes, inked, picture } from "./svg/picture.ts";
import { joined, stems } from "./svg/stems.ts";

const names = optionNames<PlotOptions>({ ...plotNames });

type Draw = (box: Box) => string;

/** A panel with the line that stands above it. */
interface Panel {
  readonly head: string;
  readonly draw: Draw;
}

/** Points of a curve. */
type Curve = readonly (readonly [number, number])[];

/**
 * A wavelet as an SVG picture. Of a discrete one: the scaling function φ and the wavelet ψ, those of analysis too where they differ, the
 * frequency responses of the filters, and the taps of all four. Of a continuous one: ψ with its imaginary part, and its
 * spectrum.
 *
 * Throws RangeError for an unknown name or a size out of range, TypeError for anything but a wavelet or a name or an unknown option.
 *
 * @example
 * ```ts
 * console.log(plotWavelet("db4").includes("<title>Wavelet db4</title>"));
 * // → true
 * ```
 */
export function plotWavelet(like: AnyWavelet, options: PlotOptions = {}): string {
  const known = found(like);
  return "decLo" in known ? discrete(known, options) : continuous(known, options);
}

function found(like: AnyWavelet): Wavelet | ContinuousWavelet {
  if (typeof like === "string")
    return isWaveletName(like) || Object.hasOwn(waveletAliases, like)
      ? waveletOf(like as Parameters<typeof waveletOf>[0])
      : continuousWavelet(like);
  if (typeof like === "object" && like !== null && "decLo" in like) return waveletOf(like);
  checkContinuousWavelet(like);
  return like;
}

function discrete(bank: Wavelet, options: PlotOptions): string {
  const { name, decLo, decHi, recLo, recHi } = bank;
  const isOrthogonal = decLo.every((tap, i) => Math.abs(tap - recLo[recLo.length - 1 - i]!) < 1e-9);
  const level = Math.max(3, Math.min(10, Math.ceil(Math.log2(640 / decLo.length))));
  const sampled = (which: "phi" | "psi", of: typeof waveletFunctions): Draw => {
    try {
      const curve = pointsOf(of(bank, level)[which]);
      return (box) => curves(box, [{ points: curve, kind: which === "phi" ? "first" : "second" }]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return ({ left, right, top, bottom }) =>
        inked(textPath("no such function", [(left + right) / 2, (top + bottom) / 2], "middle"));
    }
  };
  const omegas = Float64Array.from({ length: 129 }, (_, i) => (Math.PI * i) / 128);
  const response = (taps: readonly number[]): Curve => {
    const { re, im } = frequencyResponse(taps, omegas);
    return Array.from(omegas, (omega, i) => [omega / (2 * Math.PI), Math.hypot(re[i]!, im[i]!)]);
  };
  const responses = (lo: readonly number[], hi: readonly number[]): Draw => {
    return (box) =>
      curves(
        box,
        [
          { points: response(lo), kind: "first" },
          { points: response(hi), kind: "second" },
        ],
        [0, 0.1, 0.2, 0.3, 0.4, 0.5],
      );
  };
  const taps = (values: readonly number[], kind: "first" | "second"): Draw => {
    return (box) => tapsIn(box, values, kind);
  };
  const rows: Panel[][] = [
    [
      { head: isOrthogonal ? "φ" : "φ of synthesis", draw: sampled("phi", waveletFunctions) },
      { head: isOrthogonal ? "ψ" : "ψ of synthesis", draw: sampled("psi", waveletFunctions) },
      {
        head: "responses, cycles per sample",
        draw: isOrthogonal ? responses(decLo, decHi) : responses(recLo, recHi),
      },
    ],
    ...(isOrthogonal
      ? []
      : [
          [
            { head: "φ of analysis", draw: sampled("phi", dualFunctions) },
            { head: "ψ of analysis", draw: sampled("psi", dualFunctions) },
            { head: "responses, cycles per sample", draw: responses(decLo, decHi) },
          ],
        ]),
    [
      { head: "decLo", draw: taps(decLo, "first") },
      { head: "decHi", draw: taps(decHi, "second") },
      { head: "recLo", draw: taps(recLo, "first") },
      { head: "recHi", draw: taps(recHi, "second") },
    ],
  ];
  return panels(rows, options, {
    title: `Wavelet ${name}`,
    description:
      `The scaling function and the wavelet of ${name}, the frequency responses of its filters, low-pass and high-pass, and the ` +
      `${decLo.length} taps of its four filters.`,
  });
}

function continuous(wavelet: ContinuousWavelet, options: PlotOptions): string {
  const { name, eFolding, peakFrequency, frequencySpread, centralFrequency, complex } = wavelet;
  const reach = 3.2 * eFolding;
  const times = Array.from({ length: 601 }, (_, i) => (reach * (i - 300)) / 300);
  const values = times.map((t) => wavelet.psi(t));
  const real: Curve = times.map((t, i) => [t, values[i]!.re]);
  const imaginary: Curve = times.map((t, i) => [t, values[i]!.im]);
  const most = (peakFrequency + 4.5 * Math.min(frequencySpread, peakFrequency)) / (2 * Math.PI);
  const spectrum: Curve = Array.from({ length: 301 }, (_, i) => {
    const { re, im } = wavelet.psiHat((2 * Math.PI * most * i) / 300);
    return [(most * i) / 300, Math.hypot(re, im)];
  });
  const psi: Draw = (box) =>
    curves(box, [
      { points: real, kind: "first" },
      ...(complex ? [{ points: imaginary, kind: "second" } as const] : []),
    ]);
  return panels(
    [
      [
        { head: complex ? "ψ: real part, and imaginary part in orange" : "ψ", draw: psi },
        {
          head: "modulus of the spectrum, cycles per unit of t",
          draw: (box) => curves(box, [{ points: spectrum, kind: "first" }]),
        },
      ],
    ],
    options,
    {
      title: `Wavelet ${name}`,
      description: `The continuous wavelet ${name} and the modulus of its spectrum, which peaks at ${spoken(centralFrequency)} cycles per unit.`,
    },
  );
}

/** Panels in rows, with the picture around them. */
function panels(
  rows: readonly (readonly Panel[])[],
  options: PlotOptions,
  { title, description }: { readonly title: string; readonly description: string },
): string {
  const size = [840, 48 + 190 * rows.length] as const;
  const { width, height, ...given } = sized(options, names, size);
  const rowHeight = (height - 48) / rows.length;
  return picture(
    { title: given.title ?? title, description, width, height },
    rows.flatMap((row, r) =>
      row.map(({ head, draw }, c) => {
        const box = {
          left: (width * c) / row.length + 56,
          right: (width * (c + 1)) / row.length - 16,
          top: 68 + r * rowHeight,
          bottom: 48 + (r + 1) * rowHeight - 26,
        };
        // A long line in a narrow panel is written smaller, in the middle of all of its room.
        const room = width / row.length;
        const tall = Math.max(5, Math.min(10, (10 * (room - 8)) / (6.6 * head.length)));
        const middle = tall < 10 ? room * (c + 0.5) : (box.left + box.right) / 2;
        const above = textPath(head, [middle, box.top - 6 - tall], "middle", tall);
        return draw(box) + inked(above);
      }),
    ),
  );
}

/** Curves in a frame of their own, with the line of zero. */
function curves(
  box: Box,
  lines: readonly { readonly points: Curve; readonly kind: "first" | "second" }[],
  ticks?: readonly number[],
): string {
  const all = lines.flatMap(({ points }) => points);
  const { x, y, svg } = frame(
    box,
    { range: rangeOf(all.map(([at]) => at)), ...(ticks && { ticks }) },
    { range: roomy(all.map(([, value]) => value)) },
  );
  const ground = `<path class="${classes.grid}" d="M${box.left} ${y.place(0)}H${box.right}"/>`;
  const drawn = lines.map(({ points, kind }) => {
    const pixels = points.map(([at, value]) => [x.place(at), y.place(value)] as const);
    return `<path class="${classes[kind]}" stroke-width="1.8" d="${joined(pixels)}"/>`;
  });
  return ground + drawn.join("") + svg;
}

/** Taps as stems with dots. */
function tapsIn(box: Box, taps: readonly number[], kind: "first" | "second"): string {
  const last = taps.length - 1;
  const { x, y, svg } = frame(
    box,
    {
      range: [-0.6, last + 0.6],
      ticks: last < 10 ? taps.map((_, i) => i) : [0, last >> 1, last],
    },
    { range: roomy(taps) },
  );
  const path = stems(taps, x.place, y.place, [box.left, box.right]);
  const dots = taps.map(
    (tap, i) => `M${(x.place(i) - 0.005).toFixed(2)} ${y.place(tap).toFixed(2)}h0.01`,
  );
  return (
    `<path class="${classes.grid}" d="M${box.left} ${y.place(0)}H${box.right}"/>` +
    `<path class="${classes[kind]}" stroke-width="1.6" d="${path}"/>` +
    `<path class="${classes[kind]}" stroke-width="${taps.length > 30 ? 3 : 6}" d="${dots.join("")}"/>${svg}`
  );
}

/** A function where it is seen, means over cells as steps. */
function pointsOf({ kind, x, y }: SampledFunction): Curve {
  const [low, high] = rangeOf([...y, 0]);
  const seen = (value: number) => Math.abs(value) > 0.003 * (high - low);
  const [from, to] = [y.findIndex(seen), y.findLastIndex(seen)];
  const half = kind === "means" ? (x[1]! - x[0]!) / 2 : 0;
  const points: (readonly [number, number])[] = [];
  for (let i = Math.max(0, from - 1); i <= Math.min(y.length - 1, to + 1); i++) {
    if (half === 0) points.push([x[i]!, y[i]!]);
    else points.push([x[i]! - half, y[i]!], [x[i]! + half, y[i]!]);
  }
  if (half === 0) return points;
  return [[points[0]![0], 0], ...points, [points.at(-1)![0], 0]];
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ];
}

/** The range of values and 0, with room around it. */
function roomy(values: readonly number[]): readonly [number, number] {
  const [low, high] = rangeOf([...values, 0]);
  const room = 0.06 * (high - low || 1);
  return [low < 0 ? low - room : 0, high + room];
}
