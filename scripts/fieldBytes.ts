/**
 * What fields of pictures take: PSNR and bytes of fields with 560,000 and 300,000 parameters, whose places count as a parameter each or as
 * a bitmap costs, and of fields and compressed pictures (`image encode`) of the same bytes. Prints a line for each picture, then a table:
 *
 *     node scripts/fieldBytes.ts data/kodak/kodim{01..12}.png
 */
import { basename } from "node:path";
import { decodePicture, encodePicture, type Raster, toRaster } from "../src/codec.ts";
import { createRandom, readImage } from "../src/data/index.ts";
import { coefficientsByBitmap } from "../src/field/fit/fieldBytes.ts";
import {
  buildField,
  drawPicture,
  dyadicGrid,
  expansion,
  type PackedField,
  pictureSignal,
  pointsOf,
  psnrOfField,
  quality,
  renderField,
  type Signal,
  solve,
} from "../src/field/index.ts";

const family = expansion();
const packing = family.packing;
if (!packing) throw new Error("fields of this family are not kept in bytes");
const threads = 1;

/** A field with so many atoms, as `field fit` keeps it. */
async function ofAtoms(signal: Signal, width: number): Promise<PackedField> {
  const { size: grid, channels } = signal;
  const field = buildField(family, { dimensions: grid.length, channels, width, grid });
  const parameters = await solve(field, signal, createRandom(1));
  return packing!.pack(parameters, field.size, signal);
}

const psnrOf = (signal: Signal, { size, parameters }: PackedField): Promise<number> =>
  psnrOfField(buildField(family, size), parameters, signal, { threads });

/** PSNR of samples in eight bits. */
const psnrOfPicture = (signal: Signal, raster: Raster): number =>
  quality(signal, pictureSignal(raster)).psnr;

const budgets = [560_000, 300_000];
const rates = [0.25, 0.5, 1];
const rows: { readonly name: string; readonly cells: readonly (readonly number[])[] }[] = [];
for (const path of process.argv.slice(2)) {
  const raster = await readImage(path);
  const signal = pictureSignal(raster);
  const places = pointsOf(dyadicGrid(signal.size).size) * signal.channels;
  const cells: number[][] = [];
  for (const parameters of budgets)
    for (const width of [parameters / 2, coefficientsByBitmap(parameters, places)]) {
      const field = await ofAtoms(signal, width);
      cells.push([width, await psnrOf(signal, field), field.file.length]);
    }
  for (const rate of rates) {
    const bytes = Math.floor((rate * pointsOf(signal.size)) / 8);
    const { size, parameters } = packing.solve(signal, bytes);
    const field = { ...buildField(family, size), parameters, signal };
    const ofField = psnrOfPicture(signal, drawPicture(await renderField(field)));
    const { file } = encodePicture(raster, { bytes });
    cells.push([bytes, ofField, psnrOfPicture(signal, toRaster(decodePicture(file).raster))]);
  }
  const name = basename(path, ".png");
  rows.push({ name, cells });
  console.log(JSON.stringify({ name, cells }));
}

const mean = (cell: number, part: number) =>
  rows.reduce((sum, { cells }) => sum + (cells[cell]?.[part] ?? 0), 0) / rows.length;
const texts = (cells: readonly (readonly number[])[]) =>
  cells.map(([, first = 0, second = 0], i) =>
    i < 2 * budgets.length
      ? `${first.toFixed(2)} dB, ${Math.round(second / 1000)} kB`
      : `${first.toFixed(2)} / ${second.toFixed(2)}`,
  );
const heads = [
  ...budgets.flatMap((n) => [`${n / 1000}k, a place a parameter`, `${n / 1000}k, as a bitmap`]),
  ...rates.map((rate) => `field / codec at ${rate} bpp`),
];
console.log(`\n| | ${heads.join(" | ")} |\n|${"---|".repeat(heads.length + 1)}`);
for (const { name, cells } of rows) console.log(`| ${name} | ${texts(cells).join(" | ")} |`);
const means = heads.map((_, i) => [0, 1, 2].map((part) => mean(i, part)));
console.log(`| mean | ${texts(means).join(" | ")} |`);
