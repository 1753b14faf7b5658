import { drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart } from "../../data/draw/lineChart.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import type { Trainable } from "../trainable.ts";
import { runFiles } from "./runFolder.ts";
import { validationKey } from "./validationKey.ts";

/**
 * Draws the metrics of a run as a chart in its folder: the model's measure and its validation, against examples seen.
 * Returns its path; `undefined` where nothing was recorded.
 */
export async function drawCurve(
  folder: string,
  { measure, examples }: Pick<Trainable, "measure" | "examples">,
): Promise<string | undefined> {
  const files = runFiles(folder);
  const records = await readMetrics(files.metrics);
  const points = (key: string) =>
    records.flatMap((record) => {
      const [x, y] = [Number(record[examples]), record[key]];
      return typeof y === "number" && x > 0 ? [[x, y] as const] : [];
    });
  const series = [
    { name: "training", points: points(measure.key) },
    { name: "validation", points: points(validationKey(measure.key)) },
  ].filter((line) => line.points.length > 0);
  if (series.length === 0) return undefined;
  const svg = lineChart({
    title: measure.unit,
    xLabel: `${examples} seen`,
    yLabel: measure.unit,
    xScale: "log",
    series,
  });
  await writeImage(files.curve, await drawSvg(svg));
  return files.curve;
}
