import { drawSvg } from "../../data/draw/drawSvg.ts";
import { lineChart } from "../../data/draw/lineChart.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { runFiles } from "../run.ts";

/** Draws a run's metrics as a picture in its folder: bits per image against images seen; returns its path. */
export async function drawCurve(folder: string): Promise<string> {
  const files = runFiles(folder);
  const records = await readMetrics(files.metrics);
  const points = (key: string) =>
    records.flatMap((record) => {
      const y = record[key];
      return typeof y === "number" ? [[Number(record.images), y] as const] : [];
    });
  const svg = lineChart({
    title: "Bits per image",
    xLabel: "images seen",
    yLabel: "bits per image",
    xScale: "log",
    series: [
      { name: "training", points: points("bitsPerImage") },
      { name: "held out", points: points("heldOutBitsPerImage") },
    ].filter((line) => line.points.length > 0),
  });
  await writeImage(files.curve, await drawSvg(svg));
  return files.curve;
}
