import { expect, test } from "vitest";
import { distance, noise } from "../testing.ts";
import { applyFilters } from "./circle.ts";
import { cwtModeRules } from "./cwtMode.ts";
import { continuousWavelet } from "./families.ts";
import { filtered } from "./filtered.ts";
import { amplitude, type CwtGeometry, filterSet } from "./filters.ts";
import { isFastLength } from "./fourier/fft.ts";
import { planes } from "./fourier/planes.ts";

const length = 211; // a prime
// Fine ones alias; the next reach 13 samples or less, 53, 211, and further than the signal is long.
const scales = [1, 2, 3, 5, 8, 13, 21, 34, 90, 4];

test.each(
  ["morlet6", "mexh", "gaus1", "cgau2", "shan1.5-1.0"].flatMap((name) =>
    (["symmetric", "periodic"] as const).map((mode) => ({ name, mode })),
  ),
)(
  "$name in mode $mode gives on circles of fast lengths what it gives on the whole one",
  ({ name, mode }) => {
    const wavelet = continuousWavelet(name);
    const geometry: CwtGeometry = { length, scales, wavelet, norm: "l2", mode };
    const signal = noise(length, 1);
    const set = filterSet(geometry);
    expect(isFastLength(set.fft.length)).toBe(false);
    const spectrum = planes(set.fft.length);
    cwtModeRules[mode].extend(signal, spectrum.re, 1);
    set.fft.forward(spectrum.re, spectrum.im);
    const rows = Array.from(applyFilters(set, spectrum, amplitude), ({ filter, re, im }) => ({
      ...{ filter, re: re.slice(0, length), im: im?.slice(0, length) },
    })).sort((a, b) => a.filter - b.filter); // real ones come last
    let place = 0;
    for (const { filter, re, im } of filtered(geometry, signal, true)) {
      const whole = rows[place]!;
      expect(filter).toBe(place++);
      expect(distance(re.slice(0, length), whole.re)).toBeLessThan(1e-13);
      expect(im === undefined).toBe(whole.im === undefined);
      if (im && whole.im) expect(distance(im.slice(0, length), whole.im)).toBeLessThan(1e-13);
    }
    expect(place).toBe(scales.length + 1);
  },
);
