import { describe, expect, test } from "vitest";
import { wavedecn } from "../discrete/wavedecn.ts";
import { distance, noise } from "../testing.ts";
import { denoise } from "./denoise.ts";
import { denoise2 } from "./denoise2.ts";
import { denoisen } from "./denoisen.ts";

const data = noise(16 * 20 * 3, 0);
const pictures = { shape: [16, 20, 3], data };

describe("denoisen", () => {
  test("along one axis is denoise of every line", () => {
    const options = { rule: "bayes", transform: "swt", levels: 2 } as const;
    const clean = denoisen(pictures, "db2", { axes: [1], ...options });
    const place = (n: number) => (5 * 20 + n) * 3 + 2;
    const line = Float64Array.from({ length: 20 }, (_, n) => data[place(n)]!);
    denoise(line, "db2", options).forEach((value, n) => {
      expect(clean.data[place(n)]).toBe(value);
    });
  });

  test("along two axes is denoise2 of every channel, each with its own noise level", () => {
    const loud = { ...pictures, data: data.map((x, i) => (i % 3 === 1 ? 9 * x : x)) };
    const clean = denoisen(loud, "bior4.4", { axes: [0, 1], shifts: 2 });
    for (const channel of [0, 1, 2]) {
      const own = loud.data.filter((_, i) => i % 3 === channel);
      const alone = denoise2({ height: 16, width: 20, data: own }, "bior4.4", { shifts: 2 });
      const there = clean.data.filter((_, i) => i % 3 === channel);
      expect(distance(there, alone.data)).toBe(0);
    }
  });

  test.each(["dwt", "swt"] as const)("%s removes the noise of a volume", (transform) => {
    const shape = [16, 16, 16];
    const smooth = noise(4096, 0).map((_, i) => (i < 2048 ? 0 : 4));
    const noisy = { shape, data: noise(4096, 0).map((x, i) => x + smooth[i]!) };
    const clean = denoisen(noisy, "haar", { transform, levels: 2, rule: "universal" });
    const error = (x: Float64Array) =>
      x.reduce((sum, value, i) => sum + (value - smooth[i]!) ** 2, 0);
    expect(clean.shape).toEqual(shape);
    expect(error(clean.data)).toBeLessThan(0.3 * error(noisy.data));
  });

  test("a threshold of infinity leaves of a volume what the approximation holds", () => {
    const volume = { shape: [4, 4, 4], data: noise(64, 0) };
    const clean = denoisen(volume, "haar", { levels: 1, rule: () => 1e9 });
    const { approximation, details } = wavedecn(clean, "haar", { levels: 1 });
    expect(
      distance(approximation.data, wavedecn(volume, "haar", { levels: 1 }).approximation.data),
    ).toBeLessThan(1e-12);
    for (const band of Object.values(details[0]!))
      expect(Math.max(...band.data.map(Math.abs))).toBeLessThan(1e-12);
  });

  test("colored noise and biorthogonal gains reach the rule of each band of a volume", () => {
    const volume = { shape: [16, 16, 16], data: noise(4096, 0) };
    const sigmas: number[] = [];
    const rule = (_: unknown, sigma: number) => sigmas.push(sigma);
    denoisen(volume, "bior2.2", { levels: 1, noise: 1, rule });
    denoisen(volume, "bior2.2", { levels: 1, noise: "colored", rule, mode: "periodization" });
    // white noise of this deviation in the data has these deviations in the bands
    const deviation = Math.sqrt(1 / 3);
    for (let band = 0; band < 7; band++)
      expect((deviation * sigmas[band]!) / sigmas[band + 7]!).toBeCloseTo(1, 0.6);
  });

  test("shifts of a volume, values that are not finite and unknown axes are refused", () => {
    const volume = { shape: [4, 4, 4], data: noise(64, 0) };
    expect(() => denoisen(volume, "haar", { shifts: 2 })).toThrow("shifts need one or two axes");
    expect(() => denoisen(volume, "haar", { axes: [3] })).toThrow("no axis 3");
    const holed = { ...volume, data: volume.data.map((x, i) => (i === 7 ? Number.NaN : x)) };
    expect(() => denoisen(holed, "haar")).toThrow("array.data holds NaN at index 7");
  });
});
