import { afterEach, expect, test, vi } from "vitest";
import { webAssembly } from "../../wasm/webAssembly.ts";
import { modes } from "../extension/mode.ts";
import { distance, noise } from "../testing.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The library as it loads on such a platform. */
async function loadedWith(platform: object | undefined) {
  vi.resetModules();
  vi.stubGlobal("WebAssembly", platform);
  return load();
}

async function load() {
  return {
    ...(await import("../discrete/wavedec.ts")),
    ...(await import("../discrete/wavedec2.ts")),
    ...(await import("../undecimated/swt2.ts")),
    ...(await import("../threshold/threshold.ts")),
  };
}

const forbidden = {
  ...webAssembly,
  Module: class {
    constructor() {
      throw new EvalError("refused by the Content-Security-Policy");
    }
  },
};

test.each([
  ["WebAssembly is missing", undefined],
  ["WebAssembly has no vectors", { ...forbidden, validate: () => false }],
  ["a page forbids to compile", forbidden],
])("where %s, transforms are the same", async (_, platform) => {
  const here = await load();
  const there = await loadedWith(platform);
  expect(there.wavedec2).not.toBe(here.wavedec2);
  const data = noise(21 * 34, 0);
  const [ours, theirs] = [here, there].map((w) =>
    w.swt2({ height: 21, width: 34, data }, "bior4.4", { levels: 2 }),
  );
  expect(theirs).toEqual(ours); // float64 bit for bit
  const long = Float32Array.from(noise(2500, 0));
  const thresholded = [here, there].map((w) => [
    w.threshold(long, 0.5),
    w.threshold(long, 0.5, { mode: "garrote", substitute: 2 }),
    w.thresholdFirm(long, 0.5, 1),
  ]);
  expect(thresholded[1]).toEqual(thresholded[0]); // computed in double precision everywhere
  for (const mode of modes) {
    const options = { mode, levels: 2 };
    const matrix = { height: 21, width: 34, data };
    const [ours, theirs] = [here, there].map((w) => w.wavedec2(matrix, "bior4.4", options));
    expect(theirs).toEqual(ours); // float64 bit for bit
    expect(distance(there.waverec2(theirs!).data, data)).toBeLessThan(1e-10); // two results
    const single = Float32Array.from(data);
    const bands = there.wavedec(single, "db5", options);
    const expected = here.wavedec(single, "db5", options).coefficients;
    for (const [i, band] of bands.coefficients.entries()) {
      expect(band).toBeInstanceOf(Float32Array);
      expect(distance(band, expected[i]!)).toBeLessThan(2e-5);
    }
    expect(distance(there.waverec(bands), single)).toBeLessThan(1e-5);
  }
});
