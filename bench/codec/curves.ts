import { lineChart, type Series } from "../../src/data/draw/lineChart.ts";
import type { Score } from "./comparison.ts";
import { published } from "./published.ts";
import { meanPsnr } from "./report.ts";

/**
 * Mean PSNR over bits per pixel as an SVG figure: a line for each codec, the best one at the highest rate first, dashed where a rival's
 * file is cut, and dots for published figures.
 */
export function rateDistortion(
  scores: readonly Score[],
  names: readonly string[],
  rates: readonly number[],
  channels: 1 | 3,
): string {
  const pictures = new Set(scores.map(({ picture }) => picture)).size;
  const last = Math.max(...rates);
  const level = (name: string) => meanPsnr(scores, name, last) ?? 0;
  const ranked = [...names].sort((a, b) => level(b) - level(a));
  const curves: Series[] = ranked.map((name) => ({
    name,
    points: rates.map((bpp) => [bpp, meanPsnr(scores, name, bpp) ?? Number.NaN] as const),
    dashed: / (progressive|layered)$/.test(name),
  }));
  const dots: Series[] = published.map(({ name, psnr }) => ({
    name: `${name} (dots: published)`,
    // A gap after each point, so that no line joins them.
    points: psnr.flatMap((point) => [point, [point[0], Number.NaN] as const]),
  }));
  return lineChart({
    title: `Mean of ${pictures} ${channels === 3 ? "color" : "gray"} pictures, equal bytes for each`,
    ...{ xLabel: "bits per pixel", yLabel: channels === 3 ? "PSNR of RGB, dB" : "PSNR, dB" },
    series: channels === 3 ? [...curves, ...dots] : curves,
    ...{ xScale: "log", legendBeside: true, width: 960, height: 560 },
  });
}
