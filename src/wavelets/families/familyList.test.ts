import { expect, test } from "vitest";
import { continuousWaveletNames } from "../continuous/families.ts";
import { waveletFamilies } from "./familyList.ts";
import { wavelet, waveletNames } from "./wavelet.ts";

const lettersOf = (name: string) => name.match(/^[a-z]+/)![0];

test("every discrete wavelet belongs to one family of the list, by both of its names", () => {
  const discrete = waveletFamilies().filter(({ kind }) => kind === "discrete");
  for (const name of waveletNames) {
    const own = discrete.filter(({ short }) => short === lettersOf(name));
    expect(
      own.map((family) => family.name),
      name,
    ).toEqual([wavelet(name).family]);
  }
});

test("every continuous family of the list has a wavelet", () => {
  const letters = new Set(continuousWaveletNames.map(lettersOf));
  for (const { short, kind } of waveletFamilies())
    if (kind === "continuous") expect(letters.has(short), short).toBe(true);
});
