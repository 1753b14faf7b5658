import { contactSheet } from "../../src/data/draw/contactSheet.ts";
import type { Raster } from "../../src/data/images/raster.ts";
import { bracket } from "./bracket.ts";
import type { Entrant } from "./comparison.ts";
import type { Contestant } from "./contestant.ts";
import { rasterPsnr } from "./psnr.ts";

/** A picture and what each codec makes of it within so many bytes, side by side with bytes and PSNR; the best way of each. */
export async function sheetAt(
  original: Raster,
  entrants: readonly Entrant[],
  bytes: number,
): Promise<Raster> {
  const rasters = [original];
  const columnLabels = ["original"];
  for (const { name, ways } of entrants) {
    const made = await Promise.all(ways.map((way) => within(way, original, bytes)));
    const [best] = made.filter((one) => one !== undefined).sort((a, b) => b.psnr - a.psnr);
    if (!best) continue;
    rasters.push(best.decoded);
    columnLabels.push(`${name}: ${best.bytes} bytes, ${best.psnr.toFixed(2)} dB`);
  }
  return contactSheet(rasters, { columns: rasters.length, padding: 8, columnLabels });
}

async function within(contestant: Contestant, original: Raster, bytes: number) {
  const file = await fileWithin(contestant, original, bytes);
  if (!file) return undefined;
  const decoded = await contestant.decode(file, original.channels).catch(() => undefined);
  return decoded && { decoded, bytes: file.length, psnr: rasterPsnr(original, decoded) };
}

async function fileWithin(contestant: Contestant, original: Raster, bytes: number) {
  if (contestant.kind === "bytes") return contestant.encode(original, bytes);
  const trial = async (step: number) => {
    const file = await contestant.encode(original, step);
    return { file, bytes: file.length };
  };
  return (await bracket(contestant.steps, trial, bytes)).below?.file;
}
