import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { someNumbers } from "../../../../../test/evaluate.ts";
import { UserError } from "../../../../errors/userError.ts";
import { renderField } from "../../../evaluate/render.ts";
import { wholeView } from "../../../evaluate/view.ts";
import { interpolatingField, openPackedField, packField } from "../../../packedField.ts";
import { quality } from "../../../signal/quality.ts";
import { pointsOf, type Signal } from "../../../signal/signal.ts";
import { waves } from "../../../testing.ts";
import { readFieldFile, readFieldFileHead } from "./fieldFile.ts";
import { readFieldHead, writeFieldHead } from "./fieldHead.ts";
import { packing } from "./packing.ts";

const noise = (size: readonly number[], channels: number): Signal => ({
  ...{ size, channels },
  values: Float32Array.from(someNumbers(pointsOf(size) * channels, -0.5, 0.5, 3)),
});
const psnr = async (signal: Signal, file: Uint8Array) =>
  quality(signal, await renderField(openPackedField(file, "field").field)).psnr;

describe("a field in bytes", () => {
  test.each<[readonly number[], number]>([
    [[1], 1],
    [[90], 2],
    [[1, 7], 1],
    [[33, 40], 3],
    [[6, 9, 12], 1],
    [[9, 3, 5], 2],
  ])(
    "of %j samples in %i channels is exact at what was rounded, and comes near",
    async (size, channels) => {
      const signal = noise(size, channels);
      const step = 2 ** -9;
      const file = packField(interpolatingField(signal), step);
      const { field, finished, missingBytes } = openPackedField(file, "field");
      expect([finished, missingBytes]).toEqual([true, 0]);
      expect(packField(field, step)).toEqual(file);
      expect(await psnr(signal, file)).toBeGreaterThan(56);
      const again = openPackedField(file, "field").field;
      expect(again.parameters).toEqual(field.parameters);
    },
  );

  test("has values at all points, and derivatives, of the coefficients that were kept", async () => {
    const fine = interpolatingField(waves);
    const { field } = openPackedField(packField(fine, 2 ** -16), "field");
    for (const derivative of [undefined, "gradient"] as const) {
      const [a, b] = await Promise.all(
        [fine, field].map((f) => renderField(f, wholeView(waves.size, 2.5), { derivative })),
      );
      const most = Math.max(...a!.values.map((x, i) => Math.abs(x - b!.values[i]!)));
      expect(most).toBeLessThan(derivative ? 2e-3 : 2e-4);
    }
  });

  test("keeps the form of its signal", () => {
    const range = { low: -3, high: 9.5, double: true };
    const sound = { ...noise([50], 1), rate: 8000, range };
    const { field } = openPackedField(packField(interpolatingField(sound), 0.01), "field");
    expect(field.signal).toEqual({ size: [50], rate: 8000, range });
  });

  test("of silence takes a head alone, and is 0", async () => {
    const silence = { ...waves, values: new Float32Array(waves.values.length) };
    const file = packing.solve(silence, 200).file;
    expect(file.length).toBeLessThan(60);
    expect(await psnr(silence, file)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a field of so many bytes", () => {
  const signal = noise([30, 41], 3);

  test("has exactly so many, and more of them are nearer", async () => {
    const reached: number[] = [];
    for (const bytes of [100, 400, 1600]) {
      const { file, size, parameters } = packing.solve(signal, bytes);
      expect(file.length).toBe(bytes);
      expect(packing.unpack(file, size, "field")).toEqual(parameters);
      reached.push(await psnr(signal, file));
    }
    expect(reached).toEqual(reached.toSorted((a, b) => a - b));
    expect(reached.at(-1)! - reached[0]!).toBeGreaterThan(5);
  });

  test("must have room for its head", () => {
    expect(() => packing.solve(signal, 20)).toThrow("20 bytes are too few: the head of the field");
  });

  test("any beginning of it is a coarser field", async () => {
    const { file } = packing.solve(signal, 1200);
    let before = 0;
    for (const length of [60, 200, 600, 1196, 1200]) {
      const part = file.subarray(0, length);
      expect(openPackedField(part, "field").missingBytes).toBe(1200 - length);
      const now = await psnr(signal, part);
      expect(now).toBeGreaterThan(before - 0.1);
      before = now;
    }
    expect(() => openPackedField(file.subarray(0, 20), "f.ondl")).toThrow(
      "f.ondl is cut short before its field begins",
    );
  });
});

test("a damaged file is refused in a sentence, or told to be cut short", () => {
  const { file } = packing.solve(noise([12, 17], 1), 300);
  fc.assert(
    fc.property(fc.nat(299), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = file.slice();
      damaged[at]! ^= change;
      try {
        // A section that claims to be longer looks like one that was cut short.
        expect(readFieldFile(damaged, "f.ondl").missingBytes).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 60 },
  );
});

test("any head is read as it was written, and any bytes are a head or an error", () => {
  const { head } = readFieldFileHead(packing.solve(noise([12, 17], 2), 300).file, "field");
  expect(readFieldHead(writeFieldHead(head), "field")).toEqual(head);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 40 }), (bytes) => {
      bytes[0] = 1;
      bytes[2] = 1 + (bytes[2]! % 3);
      try {
        readFieldHead(bytes, "f.ondl");
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
  );
});

test("a file of another signal, or of a run that has fewer atoms, is told", () => {
  const { file, size } = packing.solve(noise([12, 17], 1), 300);
  expect(() => packing.unpack(file, { ...size, grid: [17, 12] }, "f.ondl")).toThrow(
    "f.ondl is a field of 12 × 17 samples in 1 channel, not of 17 × 12 samples",
  );
  expect(() => packing.unpack(file, { ...size, width: 3 }, "f.ondl")).toThrow(
    "its configuration says 3",
  );
  expect(() => packing.unpack(file.subarray(0, 250), size, "f.ondl")).toThrow(
    "cut short by 50 bytes",
  );
});
