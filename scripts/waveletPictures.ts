/**
 * Draws every family of discrete wavelets into docs/pictures/wavelets/: φ, ψ and the frequency responses of the filters, one row of
 * panels per member.
 *
 *   node scripts/waveletPictures.ts [folder]
 *
 * Functions without values at dyadic points are drawn as steps: means over cells. Text is stored as text, not as strokes as in other
 * charts, because strokes would be most of the file.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Point, writeFileAtomically } from "../src/data/index.ts";
import {
  type DiscreteWavelet,
  dualFunctions,
  frequencyResponse,
  type SampledFunction,
  type WaveletName,
  wavelet,
  waveletFunctions,
  waveletNames,
} from "../src/wavelets/index.ts";

interface Picture {
  readonly file: string;
  readonly title: string;
  readonly members: readonly WaveletName[];
  /** The number of blocks of panels side by side. */
  readonly across: number;
}

const named = (prefix: string) => waveletNames.filter((name) => name.startsWith(prefix));
const pictures: readonly Picture[] = [
  { file: "haar", title: "Haar", members: ["haar"], across: 1 },
  {
    file: "db",
    title: "Daubechies: least support for the vanishing moments",
    members: ["db2", "db3", "db4", "db5", "db6", "db8", "db10", "db14", "db20", "db38"],
    across: 2,
  },
  {
    file: "sym",
    title: "Symlets: as Daubechies, with the phase nearest to linear",
    members: ["sym2", "sym3", "sym4", "sym5", "sym6", "sym8", "sym10", "sym13", "sym16", "sym20"],
    across: 2,
  },
  {
    file: "coif",
    title: "Coiflets: vanishing moments of the scaling function too",
    members: ["coif1", "coif2", "coif3", "coif4", "coif5", "coif8", "coif12", "coif17"],
    across: 2,
  },
  {
    file: "bior",
    title: "Biorthogonal (responses of synthesis dashed)",
    members: named("bior"),
    across: 1,
  },
  {
    file: "rbio",
    title: "Reverse biorthogonal (responses of synthesis dashed)",
    members: named("rbio"),
    across: 1,
  },
  { file: "dmey", title: "Discrete Meyer", members: ["dmey"], across: 1 },
];

// Coordinates are in tenths of a pixel, so that they are short integers.
const panel = { width: 1180, height: 620, gap: 120 } as const;
const label = 580;
const top = 580;
const textSize = 110;
const blue = "#0072b2";
const orange = "#d55e00";
const gray = "#bbb";

type Panel = (wavelet: DiscreteWavelet) => string;
interface Column {
  readonly head: string;
  readonly draw: Panel;
}

const functions: readonly Column[] = [
  { head: "φ", draw: (w) => curve(() => waveletFunctions(w, levelFor(w)).phi, blue) },
  { head: "ψ", draw: (w) => curve(() => waveletFunctions(w, levelFor(w)).psi, orange) },
];
const duals: readonly Column[] = [
  { head: "dual φ", draw: (w) => curve(() => dualFunctions(w, levelFor(w)).phi, blue) },
  { head: "dual ψ", draw: (w) => curve(() => dualFunctions(w, levelFor(w)).psi, orange) },
];
const responses: Column = { head: "responses, 0 to π", draw: drawResponses };

/** Fine enough for at least one point per pixel if the support is short. */
const levelFor = (w: DiscreteWavelet): number =>
  Math.max(3, Math.ceil(Math.log2(160 / w.supportWidth)));

function drawn({ file, title, members, across }: Picture): string {
  const orthogonal = file !== "bior" && file !== "rbio";
  const columns = [...functions, ...(orthogonal ? [] : duals), responses];
  const block = label + columns.length * (panel.width + panel.gap);
  const rows = Math.ceil(members.length / across);
  const width = across * block + panel.gap;
  const height = top + rows * (panel.height + panel.gap);
  const texts = [text(title, [width / 2, 220], "middle", 150)];
  const panels: string[] = [];
  for (let b = 0; b < across; b++)
    for (const [c, { head }] of columns.entries())
      texts.push(text(head, [panelLeft(b * block, c) + panel.width / 2, 460], "middle"));
  for (const [i, name] of members.entries()) {
    const left = Math.floor(i / rows) * block;
    const y = top + (i % rows) * (panel.height + panel.gap);
    texts.push(text(name, [left + label - 80, y + panel.height / 2 + 40], "end"));
    for (const [c, { draw }] of columns.entries())
      panels.push(
        `<g transform="translate(${panelLeft(left, c)} ${y})">${draw(wavelet(name))}</g>`,
      );
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width / 10}" height="${height / 10}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round" stroke-width="13" font-family="sans-serif">',
    ...panels,
    ...texts,
    "</g></svg>",
  ].join("\n");
}

const panelLeft = (block: number, column: number): number =>
  block + label + column * (panel.width + panel.gap);

/** A function over its visible part, with ticks at the integers. */
function curve(sample: () => SampledFunction, color: string): string {
  let f: SampledFunction;
  try {
    f = sample();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return text("no function", [panel.width / 2, panel.height / 2 + 40], "middle");
  }
  const [low, high] = [Math.min(0, ...f.y), Math.max(0, ...f.y)];
  const seen = (y: number) => Math.abs(y) > 0.004 * (high - low);
  const from = Math.floor(f.x[Math.max(0, f.y.findIndex(seen) - 1)]!);
  const to = Math.ceil(f.x[Math.min(f.x.length - 1, f.y.findLastIndex(seen) + 1)]!);
  const x = (value: number) => (panel.width * (value - from)) / (to - from);
  const y = (value: number) => (panel.height * (high - value)) / (high - low);
  const half = f.kind === "means" ? (f.x[1]! - f.x[0]!) / 2 : 0;
  const points: Point[] = [];
  f.x.forEach((place, i) => {
    if (place < from || place > to) return;
    const height = y(f.y[i]!);
    if (half === 0) points.push([x(place), height]);
    else points.push([x(place - half), height], [x(place + half), height]);
  });
  const ground =
    half === 0 ? points : [[x(from), y(0)] as Point, ...points, [x(to), y(0)] as Point];
  const ticks = Array.from(
    { length: to - from + 1 },
    (_, i) => `M${Math.round(x(from + i))} ${Math.round(y(0)) - 15}v30`,
  );
  return [
    `<path d="M0 ${Math.round(y(0))}H${panel.width}${ticks.join("")}" stroke="${gray}" stroke-width="7"/>`,
    `<path d="${path(ground)}" stroke="${color}"/>`,
  ].join("");
}

/** |H|/√2 and |G|/√2 of analysis from 0 to π; those of synthesis dashed if they differ. */
function drawResponses(w: DiscreteWavelet): string {
  const omegas = Float64Array.from({ length: 97 }, (_, i) => (Math.PI * i) / 96);
  const filters = [
    { taps: w.decLo, color: blue, dashed: false },
    { taps: w.decHi, color: orange, dashed: false },
    ...(w.orthogonal || w.name === "dmey"
      ? []
      : [
          { taps: w.recLo, color: blue, dashed: true },
          { taps: w.recHi, color: orange, dashed: true },
        ]),
  ].map((filter) => {
    const { re, im } = frequencyResponse(filter.taps, omegas);
    return { ...filter, sizes: re.map((value, i) => Math.hypot(value, im[i]!) * Math.SQRT1_2) };
  });
  const most = Math.max(1, ...filters.flatMap(({ sizes }) => [...sizes]));
  const y = (value: number) => panel.height * (1 - value / most);
  const curves = filters.map(({ sizes, color, dashed }) => {
    const points = Array.from(sizes, (size, i): Point => [(panel.width * i) / 96, y(size)]);
    return `<path d="${path(points)}" stroke="${color}"${dashed ? ' stroke-dasharray="30 30"' : ""}/>`;
  });
  const frame = `M0 ${Math.round(y(1))}H${panel.width}M0 0V${panel.height}H${panel.width}M${panel.width / 2} ${panel.height}v-30`;
  return `<path d="${frame}" stroke="${gray}" stroke-width="7"/>${curves.join("")}`;
}

function text(line: string, [x, y]: Point, anchor: "middle" | "end", size = textSize): string {
  return `<text x="${Math.round(x)}" y="${Math.round(y)}" text-anchor="${anchor}" font-size="${size}" fill="#333">${line}</text>`;
}

/** A line through the points that are needed for an accuracy of a third of a pixel. */
function path(points: readonly Point[]): string {
  let [atX, atY] = [0, 0];
  const steps = simplified(points).map(([x, y]) => {
    const step = [Math.round(x) - atX, Math.round(y) - atY];
    [atX, atY] = [atX + step[0]!, atY + step[1]!];
    return step.join(" ");
  });
  const [start, ...rest] = steps;
  return `M${start}l${rest.join(" ")}`.replaceAll(" -", "-");
}

/** The points of the Ramer-Douglas-Peucker algorithm. */
function simplified(points: readonly Point[]): readonly Point[] {
  const [first, last] = [points[0]!, points.at(-1)!];
  const length = Math.hypot(last[0] - first[0], last[1] - first[1]);
  let [worst, at] = [3, 0];
  points.slice(1, -1).forEach(([x, y], i) => {
    const cross = (last[0] - first[0]) * (y - first[1]) - (last[1] - first[1]) * (x - first[0]);
    const away = length > 0 ? Math.abs(cross) / length : Math.hypot(x - first[0], y - first[1]);
    if (away > worst) [worst, at] = [away, i + 1];
  });
  if (at === 0) return [first, last];
  return [...simplified(points.slice(0, at + 1)).slice(0, -1), ...simplified(points.slice(at))];
}

const folder = process.argv[2] ?? "docs/pictures/wavelets";
await mkdir(folder, { recursive: true });
for (const picture of pictures) {
  const svg = drawn(picture);
  await writeFileAtomically(join(folder, `${picture.file}.svg`), `${svg}\n`);
  console.error(`${picture.file}.svg: ${picture.members.length} members, ${svg.length} bytes`);
}
