import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import type { NpyData } from "../../data/formats/npy.ts";
import { readNpy, writeNpy } from "../../data/formats/npyFile.ts";
import { readSound } from "../../data/formats/wavFile.ts";
import { UserError } from "../../errors/userError.ts";
import { loadSignal } from "../signal/loadSignal.ts";
import { saveSignal } from "./saveSignal.ts";

/** Saves an array, loads it as a signal, saves that, and gives what the file holds. */
async function roundTrip(data: NpyData): Promise<NpyData> {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, "a.npy"), join(folder, "b.npy")];
  await writeNpy(from, { shape: [data.length], data });
  await saveSignal(to, await loadSignal(from));
  return (await readNpy(to)).data;
}

describe("an array", () => {
  it("of 64 bits with a large offset keeps its detail", async () => {
    for (const [offset, size] of [
      [1e9, 1e-3],
      [101325, 1],
      [-5e12, 30],
    ] as const) {
      const numbers = Float64Array.from(
        { length: 300 },
        (_, i) => offset + (size * (1 + Math.sin(i / 9))) / 2,
      );
      const back = await roundTrip(numbers);
      expect(back).toBeInstanceOf(Float64Array);
      // A value has 24 bits; numbers near the offset have 53.
      const rounding = size * 2 ** -23 + Math.abs(offset) * 2 ** -51;
      const apart = numbers.map((number, i) => Math.abs(number - (back[i] ?? 0)));
      expect(Math.max(...apart)).toBeLessThan(rounding);
    }
  });

  it("of 32-bit integers is exact where its numbers are apart by less than 2^24", async () => {
    const numbers = Int32Array.of(2_000_000_000, 2_000_000_001, 2_000_000_002);
    expect([...(await roundTrip(numbers))]).toEqual([...numbers]);
  });

  it("of 32-bit floating point numbers or bytes is written in 32 bits", async () => {
    for (const numbers of [Float32Array.of(1, 2, 3), Uint8Array.of(0, 51, 255)]) {
      const back = await roundTrip(numbers);
      expect(back).toBeInstanceOf(Float32Array);
      expect(Array.from(back, Math.round)).toEqual([...numbers]);
    }
  });
});

describe("a sound", () => {
  it("of two channels has two in its file, opposite ones too", async () => {
    const path = join(await temporaryFolder(), "a.wav");
    const values = Float32Array.of(0.5, -0.5, -0.25, 0.25);
    await saveSignal(path, { size: [2], channels: 2, values, rate: 8000 });
    expect(await readSound(path)).toEqual({ rate: 8000, channels: 2, samples: values });
  });

  it("of more channels is refused", async () => {
    const path = join(await temporaryFolder(), "a.wav");
    const signal = { size: [1], channels: 3, values: new Float32Array(3) };
    await expect(saveSignal(path, signal)).rejects.toThrow(
      new UserError(
        `${path} cannot hold a signal of 3 channels; a sound has one or two`,
        "unsupported-file",
      ),
    );
  });
});
