import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { waves } from "../testing.ts";
import { type FitRecord, fingerprint, readRecord, writeRecord } from "./records.ts";
import { someRecord, someSettings } from "./testing.ts";

const path = async () => join(await temporaryFolder(), "fit.json");

describe("the record of a fit", () => {
  const perfect: FitRecord = { ...someRecord(20), value: Number.POSITIVE_INFINITY };
  const diverged: FitRecord = { ...someRecord(Number.NaN), curve: [] };
  test.each([someRecord(31.25), perfect, diverged])("is read as it was written", async (record) => {
    const file = await path();
    expect(await readRecord(file, someSettings)).toBeUndefined();
    await writeRecord(file, record);
    expect(await readRecord(file, someSettings)).toEqual(record);
  });

  test("of other settings is refused, with what differs", async () => {
    const file = await path();
    await writeRecord(file, someRecord(31));
    await expect(readRecord(file, { ...someSettings, batch: 64 })).rejects.toThrow(
      new UserError(
        `${file} is of a fit with batch 192, not 64; name another folder`,
        "contradicts-run",
      ),
    );
  });

  test.each(["{", "{}", '"text"', "null", '{ "format": 1 }'])(
    "that is not a record is refused: %s",
    async (text) => {
      const file = await path();
      await writeFile(file, text);
      await expect(readRecord(file, someSettings)).rejects.toThrow("is not a record of a fit");
    },
  );
});

test("a fingerprint tells samples, their order and their shape apart", () => {
  const values = waves.values.slice();
  values.reverse();
  const other = [
    waves,
    { ...waves, values },
    { ...waves, size: [16, 12] },
    { ...waves, size: [24, 16], channels: 1 },
  ];
  expect(new Set(other.map(fingerprint)).size).toBe(4);
  expect(fingerprint({ ...waves, values: waves.values.slice() })).toBe(fingerprint(waves));
});
