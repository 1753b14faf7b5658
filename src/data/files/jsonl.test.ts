import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { openMetrics, readMetrics } from "./jsonl.ts";

async function written(steps: readonly number[]): Promise<string> {
  const path = join(await temporaryFolder(), "metrics.jsonl");
  const metrics = await openMetrics(path);
  for (const step of steps) await metrics.append({ step, bitsPerPixel: 1 / step });
  await metrics.close();
  return path;
}

describe("metrics.jsonl", () => {
  it("holds one JSON object per line, in order", async () => {
    const path = await written([1, 2]);
    expect(await readFile(path, "utf8")).toBe(
      '{"step":1,"bitsPerPixel":1}\n{"step":2,"bitsPerPixel":0.5}\n',
    );
  });

  it("starts empty without `after`", async () => {
    const path = await written([1, 2]);
    await (await openMetrics(path)).close();
    expect(await readMetrics(path)).toEqual([]);
  });

  it("resumed after a step equals a run that was never interrupted", async () => {
    const path = await written([1, 2, 3, 4]);
    await appendFile(path, '{"step":5,"bitsPer');
    const metrics = await openMetrics(path, { after: 2 });
    await metrics.append({ step: 3, bitsPerPixel: 1 / 3 });
    await metrics.close();
    expect(await readFile(path, "utf8")).toBe(await readFile(await written([1, 2, 3]), "utf8"));
  });

  it("reads past damaged lines, and takes a missing file for an empty one", async () => {
    const path = join(await temporaryFolder(), "m.jsonl");
    expect(await readMetrics(path)).toEqual([]);
    await writeFile(path, '{"step":1}\nnonsense\n{"no":1}\n{"step":2}\n{"ste');
    expect(await readMetrics(path)).toEqual([{ step: 1 }, { step: 2 }]);
  });
});
