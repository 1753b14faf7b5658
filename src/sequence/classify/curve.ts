import { drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart } from "../../data/draw/lineChart.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { classifierFiles } from "./run.ts";

/** Draws a run's metrics as a picture in its folder: right answers against examples seen; returns its path. */
export async function drawAccuracyCurve(folder: string): Promise<string> {
  const files = classifierFiles(folder);
  const records = await readMetrics(files.metrics);
  const points = (key: string) =>
    records.flatMap((record) => {
      const y = record[key];
      return typeof y === "number" ? [[Number(record.examples), 100 * y] as const] : [];
    });
  const svg = lineChart({
    title: "Right answers",
    xLabel: "examples seen",
    yLabel: "right answers in %",
    xScale: "log",
    series: [
      { name: "training", points: points("accuracy") },
      { name: "held out", points: points("heldOutAccuracy") },
    ].filter((line) => line.points.length > 0),
  });
  await writeImage(files.curve, await drawSvg(svg));
  return files.curve;
}
