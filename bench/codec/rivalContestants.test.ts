import { describe, expect, test } from "vitest";
import type { Raster } from "../../src/data/images/raster.ts";
import { losslessRivals } from "./lossless.ts";
import { rasterPsnr } from "./psnr.ts";
import type { Rival } from "./rival.ts";
import { contestantsOf } from "./rivalContestants.ts";
import { rivals } from "./rivals.ts";

/** Soft blobs of 96×64 pixels. */
function picture(channels: 1 | 3): Raster {
  const [width, height] = [96, 64];
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    const [x, y, c] = [
      Math.floor(i / channels) % width,
      Math.floor(i / channels / width),
      i % channels,
    ];
    return Math.round(128 + 100 * Math.sin(x / 9 + c) * Math.cos(y / 7 - c));
  });
  return { width, height, channels, data };
}

const all: readonly Rival[] = [...Object.values(rivals), ...losslessRivals];

describe.each(all)("$name", (rival) => {
  test.for([3, 1] as const)("gives back a picture of %d channels", async (channels, { skip }) => {
    const ways = await contestantsOf(rival, channels);
    if (!ways) return skip(`${rival.encoder} is not installed`);
    const raster = picture(channels);
    for (const way of ways) {
      const size = way.kind === "bytes" ? 2 * 96 * 64 : way.steps - 1;
      const file = (await way.encode(raster, size))!; // far more than it needs
      const decoded = await way.decode(file, channels);
      const psnr = rasterPsnr(raster, decoded);
      if (losslessRivals.includes(rival)) expect(psnr).toBe(Infinity);
      else expect(psnr).toBeGreaterThan(30);
    }
  });
});

test("a rival whose programs are not installed has no contestants", async () => {
  const missing = { ...rivals.jpeg, encoder: "no-such-program-of-ours" };
  expect(await contestantsOf(missing, 3)).toBeUndefined();
});
