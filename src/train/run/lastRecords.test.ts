import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { parseMetrics } from "../../data/files/metrics.ts";
import { type LastRecordsOptions, lastRecords } from "./lastRecords.ts";
import { isValidation } from "./summary.ts";

async function lastOf(path: string, options?: LastRecordsOptions) {
  const bytes = await readFile(path);
  return lastRecords((start, end) => bytes.subarray(start, end), bytes.length, options);
}

test("the last records are those that reading the whole file gives, as far back as 8 MB", async () => {
  const path = join(await temporaryFolder(), "metrics.jsonl");
  const row = fc.record({ validation: fc.nat(300), length: fc.nat(900) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 400 }), fc.nat(40), async (rows, cut) => {
      const text = rows
        .map(({ validation, length }, i) => {
          const key = validation === 0 ? "validationNats" : "nats";
          return `${JSON.stringify({ step: i + 1, seconds: i, [key]: 1, note: "ä".repeat(length) })}\n`;
        })
        .join("");
      // The last line may be half-written.
      await writeFile(path, text.slice(0, Math.max(0, text.length - cut)));
      const all = await readMetrics(path);
      expect(await lastOf(path)).toEqual({
        training: all.findLast((record) => !isValidation(record)),
        validation: all.findLast(isValidation),
      });
    }),
    { numRuns: 50 },
  );
});

test("what was read of a growing file is not read again, and half a line that became whole is", async () => {
  const row = (step: number, key: string) => `${JSON.stringify({ step, [key]: 1 })}\n`;
  const key = fc.constantFrom("nats", "nats", "nats", "validationNats");
  await fc.assert(
    fc.asyncProperty(
      fc.array(key, { maxLength: 300 }),
      fc.nat(300),
      fc.nat(30),
      async (keys, n, cut) => {
        const rows = keys.map((each, i) => row(i + 1, each));
        const whole = Buffer.from(rows.join(""));
        const size = Math.max(0, rows.slice(0, n).join("").length - cut);
        const last = await lastRecords((start, end) => whole.subarray(start, end), size);
        let read = 0;
        const found = await lastRecords(
          (start, end) => {
            read += end - start;
            return whole.subarray(start, end);
          },
          whole.length,
          { before: { size, last } },
        );
        const records = parseMetrics(whole.toString());
        expect(found).toEqual({
          training: records.findLast((record) => !isValidation(record)),
          validation: records.findLast(isValidation),
        });
        if (size === whole.length) expect(read).toBe(0);
      },
    ),
  );
});

test("a long file without validations is searched for 8 MB from its end, and keeps what was known", async () => {
  const row = '{"step":2,"nats":1}\n';
  const size = 2 ** 31;
  let read = 0;
  const ofRows = (start: number, end: number) => {
    read += end - start;
    const shift = start % row.length;
    return Buffer.from(row.repeat((end - start) / row.length + 2)).subarray(
      shift,
      shift + end - start,
    );
  };
  const training = { step: 2, nats: 1 };
  expect(await lastRecords(ofRows, size)).toEqual({ training, validation: undefined });
  expect(read).toBeLessThan(9e6);
  const validation = { step: 1, validationNats: 1 };
  const before = { size: size - 2 ** 30, last: { validation } };
  expect(await lastRecords(ofRows, size, { before })).toEqual({ training, validation });
});

test("nothing is looked for where the last record is enough", async () => {
  const text = Buffer.from(
    `{"step":1,"validationNats":1}\n${'{"step":2,"nats":1}\n'.repeat(9000)}`,
  );
  const starts: number[] = [];
  const read = (start: number, end: number) => {
    starts.push(start);
    return text.subarray(start, end);
  };
  await lastRecords(read, text.length, { isEnough: ({ step }) => step <= 2 });
  expect(starts).toHaveLength(1);
  const { validation } = await lastRecords(read, text.length, { isEnough: ({ step }) => step < 2 });
  expect(validation).toEqual({ step: 1, validationNats: 1 });
});
