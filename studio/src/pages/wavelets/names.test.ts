import { continuousWaveletNames, waveletNames } from "ondelette/wavelets";
import { expect, test } from "vitest";
import { continuousGroups, discreteGroups } from "./names.ts";

test("every wavelet of the library is in one group", () => {
  expect(Object.values(discreteGroups).flat().sort()).toEqual(waveletNames.toSorted());
  expect(Object.values(continuousGroups).flat().sort()).toEqual(continuousWaveletNames.toSorted());
});

test("no group is empty", () => {
  for (const names of Object.values({ ...discreteGroups, ...continuousGroups }))
    expect(names.length).toBeGreaterThan(0);
});
