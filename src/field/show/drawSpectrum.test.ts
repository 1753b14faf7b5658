import { describe, expect, it } from "vitest";
import { powerSpectrum } from "../signal/spectrum.ts";
import { spectrumChart } from "./drawSpectrum.ts";
import { spectrumPicture } from "./spectrumPicture.ts";

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

describe("pictures of spectra", () => {
  it("are square, white at the greatest power and black far below, whatever the shape", () => {
    const [height, width] = [32, 64];
    // A wave that goes right and down by as many cycles per sample: on the diagonal.
    const real = Array.from({ length: height * width }, (_, i) =>
      Math.cos((2 * Math.PI * (Math.floor(i / width) + (i % width))) / 4),
    );
    const spectrum = powerSpectrum({ size: [height, width], real });
    const picture = spectrumPicture(spectrum, { side: 64, decibels: 60 });
    expect([picture.width, picture.height]).toEqual([64, 64]);
    const white = [...picture.data.keys()].filter((i) => picture.data[i] === 255);
    const places = white.map((i) => [i % 64, Math.floor(i / 64)]);
    expect(places).toEqual([
      [16, 16],
      [16, 17],
      [48, 48],
      [48, 49],
    ]);
    expect(sum(picture.data)).toBe(255 * 4);
  });

  it("of one axis are charts, also of silence", async () => {
    const silence = powerSpectrum({ size: [8], real: new Array<number>(8).fill(0) });
    const { width, height } = await spectrumChart([{ name: "a", spectrum: silence }], {
      title: "Silence",
      rate: 8000,
      bothSides: true,
    });
    expect([width, height]).toEqual([1440, 880]);
    expect(() => spectrumPicture(silence)).toThrow(RangeError);
  });
});
