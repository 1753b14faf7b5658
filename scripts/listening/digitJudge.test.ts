import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSound } from "../../src/data/formats/wavFile.ts";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { clipRate } from "./clipRate.ts";
import { listen, openJudge, readRecordings } from "./digitJudge.ts";

/** A folder of tones, a pitch for each digit, some of which are held out. */
async function tones(): Promise<string> {
  const folder = await temporaryFolder();
  for (let digit = 0; digit < 10; digit++)
    for (const number of [0, 4, 5, 12]) {
      const samples = Float32Array.from(
        { length: 2000 + number },
        (_, n) => 0.5 * Math.sin((2 * Math.PI * (200 + 300 * digit) * n) / clipRate),
      );
      await writeSound(join(folder, `${digit}_ann_${number}.wav`), { rate: clipRate, samples });
    }
  return folder;
}

test("recordings with a number below five are held out", async () => {
  const { train, test } = await readRecordings(await tones());
  const counts = (all: typeof train) =>
    Array.from({ length: 10 }, (_, digit) => all.filter((one) => one.digit === digit).length);
  expect(counts(train)).toEqual(Array(10).fill(2));
  expect(counts(test)).toEqual(Array(10).fill(2));
  expect(test.map(({ samples }) => samples.length).slice(0, 2)).toEqual([2000, 2004]);
});

test("recordings of another rate, or none, are refused by name", async () => {
  const folder = await temporaryFolder();
  await expect(readRecordings(folder)).rejects.toThrow("holds no recordings named like");
  const sound = { rate: 16_000, samples: new Float32Array(9) };
  await writeSound(join(folder, "3_ann_7.wav"), sound);
  await expect(readRecordings(folder)).rejects.toThrow("3_ann_7.wav has 1 channels of 16000");
});

test("a judge is trained once in its folder, and hears every clip", async () => {
  const recordings = await readRecordings(await tones());
  const folder = await temporaryFolder();
  let trained = 0;
  const options = { engine: { threads: 1 }, steps: 2, scenes: 1, report: () => void trained++ };
  const judge = await openJudge(folder, recordings, options);
  const again = await openJudge(folder, recordings, options);
  expect(trained).toBe(2);
  expect(again.run.parameters).toEqual(judge.run.parameters);
  expect(again.rightDigits).toBe(judge.rightDigits);
  const heard = await listen(judge, [new Float32Array(500), new Float32Array(9000)], {
    threads: 1,
  });
  expect(heard).toHaveLength(2);
  for (const { digit, sure } of heard) {
    expect(digit).toBeLessThan(10);
    expect(sure).toBeGreaterThan(0);
    expect(sure).toBeLessThanOrEqual(1);
  }
});
