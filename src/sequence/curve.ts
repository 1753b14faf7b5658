import { drawSvg } from "../data/draw/drawSvg.ts";
import { lineChart } from "../data/draw/lineChart.ts";
import { readMetrics } from "../data/files/jsonl.ts";
import { writeImage } from "../data/images/writeImage.ts";
import { sequenceFiles } from "./run.ts";

/** Draws a run's metrics as a picture in its folder: nats per token against tokens seen; returns its path. */
export async function drawSequenceCurve(folder: string): Promise<string> {
  const files = sequenceFiles(folder);
  const records = await readMetrics(files.metrics);
  const points = (key: string) =>
    records.flatMap((record) => {
      const y = record[key];
      return typeof y === "number" ? [[Number(record.tokens), y] as const] : [];
    });
  const svg = lineChart({
    title: "Nats per token",
    xLabel: "tokens seen",
    yLabel: "nats per token",
    xScale: "log",
    series: [
      { name: "training", points: points("nats") },
      { name: "held out", points: points("heldOutNats") },
    ].filter((line) => line.points.length > 0),
  });
  await writeImage(files.curve, await drawSvg(svg));
  return files.curve;
}
