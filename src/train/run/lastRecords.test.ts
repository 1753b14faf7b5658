import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readMetrics } from "../../data/files/jsonl.ts";
import { lastRecords } from "./lastRecords.ts";
import { isValidation } from "./summary.ts";

async function lastOf(path: string, known?: { step: number }) {
  await using file = await open(path);
  return await lastRecords(file, (await file.stat()).size, known);
}

test("the last records are those that reading the whole file gives, however far back", async () => {
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

test("a validation that is known is not searched for again, and a newer one replaces it", async () => {
  const path = join(await temporaryFolder(), "metrics.jsonl");
  const old = { step: 1, validationNats: 1 };
  await writeFile(path, `${JSON.stringify(old)}\n${'{"step":2,"nats":1}\n'.repeat(9000)}`);
  expect((await lastOf(path)).validation).toEqual(old);
  expect((await lastOf(path, { step: 0 })).validation).toEqual({ step: 0 });
  await writeFile(path, `${JSON.stringify(old)}\n{"step":2,"nats":1}\n`);
  expect((await lastOf(path, { step: 0 })).validation).toEqual(old);
});
