import { describe, expect, test } from "vitest";
import { distance } from "../testing.ts";
import { denoisePicture, type PictureDenoiser } from "./denoisePicture.ts";
import { inEightBits, psnr, testPicture, tinted, withNoise } from "./testing.ts";

const gray = [testPicture(96, 100)];
const color = tinted(gray[0]!);
const methods: readonly PictureDenoiser[] = ["mixture", "bivariate", "spunBayes", "bayes"];

describe.each([
  ["gray", 12, gray],
  ["color", 30, color],
] as const)("a picture in %s with noise of %s", (_, sigma, truth) => {
  const noisy = withNoise(truth, sigma);
  const told = psnr(denoisePicture(noisy, { sigma }), truth);

  test("is denoised by every method, each better than the next", () => {
    const [bivariate, spun, bayes] = (["bivariate", "spunBayes", "bayes"] as const).map((method) =>
      psnr(denoisePicture(noisy, { method, sigma }), truth),
    ) as [number, number, number];
    expect(bayes).toBeGreaterThan(psnr(noisy, truth) + 3);
    expect(spun).toBeGreaterThan(bayes + 0.4);
    expect(bivariate).toBeGreaterThan(bayes + 0.8);
    expect(told).toBeGreaterThan(bivariate);
  });

  test("is denoised nearly as well where the noise must be found in its 36 blocks", () => {
    expect(Math.abs(psnr(denoisePicture(noisy), truth) - told)).toBeLessThan(0.5);
  });
});

test("colors are denoised better together than each alone", () => {
  const noisy = withNoise(color, 25);
  const options = { method: "bivariate", sigma: 25 } as const;
  const alone = noisy.flatMap((channel) => denoisePicture([channel], options));
  expect(psnr(denoisePicture(noisy, options), color)).toBeGreaterThan(psnr(alone, color) + 0.5);
});

describe("clipping", () => {
  const dark = [{ ...gray[0]!, data: gray[0]!.data.map((x) => Math.max(0, x - 110)) }];
  const noisy = inEightBits(withNoise(dark, 40));

  test("brightens what is dark, unless it is undone", () => {
    const plain = psnr(denoisePicture(noisy, { sigma: 40, clipping: "none" }), dark);
    const undone = denoisePicture(noisy, { sigma: 40 });
    expect(psnr(undone, dark)).toBeGreaterThan(plain + 2);
    for (const x of undone[0]!.data) expect(x).toBeGreaterThanOrEqual(0);
  });

  test("at limits that are told is as what is found", () => {
    const known = denoisePicture(noisy, { sigma: 40, clipping: [0, Number.POSITIVE_INFINITY] });
    expect(known).toEqual(denoisePicture(noisy, { sigma: 40 }));
  });
});

test.each(methods)("%s scales with the picture and the noise", (method) => {
  const noisy = withNoise(gray, 20);
  const scaled = noisy.map(({ data, ...size }) => ({ ...size, data: data.map((x) => x / 8) }));
  const [large, small] = [
    denoisePicture(noisy, { method, sigma: 20 }),
    denoisePicture(scaled, { method, sigma: 2.5 }),
  ];
  expect(
    distance(
      large[0]!.data,
      small[0]!.data.map((x) => 8 * x),
    ),
  ).toBeLessThan(1e-9);
});

test.each(methods)("%s leaves a picture without noise as it is, in its own type", (method) => {
  const data = Float32Array.from(gray[0]!.data);
  const [same] = denoisePicture([{ ...gray[0]!, data }], { method, sigma: 0 });
  expect(same!.data).toEqual(data);
  expect(same!.data).not.toBe(data);
  const [nearly] = denoisePicture([{ ...gray[0]!, data }], { method, sigma: 1e-4 });
  expect(nearly!.data).toBeInstanceOf(Float32Array);
  expect(distance(nearly!.data, data)).toBeLessThan(1e-2);
});

test.each([
  [1, 1],
  [1, 9],
  [2, 3],
  [17, 5],
])("pictures of %s × %s keep their size", (height, width) => {
  for (const method of methods) {
    const [picture] = denoisePicture(withNoise([testPicture(height, width)], 5), { method });
    expect(picture).toMatchObject({ height, width });
    expect(picture!.data.length).toBe(height * width);
    expect(picture!.data.every(Number.isFinite)).toBe(true);
  }
});

test("what cannot be denoised is refused", () => {
  const [channel] = gray as [(typeof gray)[0]];
  const refused = (channels: unknown, options?: object) => () =>
    denoisePicture(channels as never, options);
  expect(refused(channel)).toThrow("channels must be a list of matrices, [matrix] for one alone");
  expect(refused([])).toThrow("a picture needs at least one channel");
  expect(refused([channel, testPicture(2, 2)])).toThrow(
    "channels[1] is 2×2 and channels[0] 96×100",
  );
  expect(refused([{ height: 1, width: 1, data: Float64Array.of(Number.NaN) }])).toThrow(
    "channels[0].data holds NaN at index 0",
  );
  expect(refused(gray, { method: "magic" })).toThrow(
    '"magic" is not a denoising method; choose from mixture',
  );
  expect(refused(gray, { sigma: -1 })).toThrow("a noise level must be a finite number, 0 or more");
  expect(refused(gray, { sigma: "some" })).toThrow('"some" is not a noise level; choose from auto');
  expect(refused(gray, { noise: 1 })).toThrow('unknown option "noise"');
});
