import { parseArgs } from "node:util";
import { type DrawnImage, drawEach, drawEachFrom, openImageRun } from "../src/image/index.ts";

/**
 * Draws `--few` and then `--many` images by a run, on one thread, and keeps none: seconds of an image, and the peak of the
 * process's memory after each. `--hole` fills a square hole of so many pixels a side in every image instead.
 */
export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      run: { type: "string" },
      few: { type: "string", default: "100" },
      many: { type: "string", default: "1000" },
      hole: { type: "string" },
    },
  });
  const { run: folder, hole } = values;
  if (folder === undefined) throw new Error("--run RUN says which run draws");
  const run = await openImageRun(folder);
  const { width, height, classNames } = run.config;
  const labels = (count: number) => Array.from({ length: count }, (_, i) => i % classNames.length);
  const options = { seed: 1, threads: 1 };

  const sources: DrawnImage[] = [];
  for await (const image of drawEach(run, { ...options, labels: labels(20) })) sources.push(image);
  const side = Number(hole);
  const outside = {
    ...{ x: (width - side) >> 1, y: (height - side) >> 1 },
    ...{ width: side, height: side },
  };
  const drawing = (count: number) =>
    hole === undefined
      ? drawEach(run, { ...options, labels: labels(count) })
      : drawEachFrom(
          run,
          Array.from({ length: count }, (_, i) => sources[i % sources.length]!), // 20
          { ...options, keep: { outside } },
        );
  for (const count of [values.few, values.many].map(Number)) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    let drawn = 0;
    for await (const _ of drawing(count)) drawn++;
    const { user, system } = process.cpuUsage(used);
    const seconds = (performance.now() - start) / 1000 / drawn;
    const processor = (user + system) / 1e6 / drawn;
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log(
      `${drawn} images of ${width}×${height}: ${seconds.toFixed(2)} s each, ${processor.toFixed(2)} s of processor time, ` +
        `${peak.toFixed(0)} MB at the peak`,
    );
  }
}
