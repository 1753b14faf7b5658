import { choiceField, flagField, integerField, numberField } from "../../shared/address.ts";
import { exampleNames } from "../../shared/pictures/examples.ts";
import { mostZoom } from "./view/place.ts";

export const pageTitles = { zoom: "Zoom", compare: "Against networks" } as const;

export const sampleTitles = {
  points: "Values at points",
  means: "Means over squares",
} as const;

export const derivativeTitles = {
  none: "None",
  gradient: "Gradient",
  laplacian: "Laplacian",
} as const;

export const besideTitles = { bicubic: "Bicubic", pixels: "Pixels" } as const;

/** Parts of a field; octaves from the finest, as many as a picture of this page has. */
export const partTitles = {
  all: "Everything",
  smooth: "Smooth part",
  wavelets: "All wavelets",
  octave1: "Octave 1, the finest",
  octave2: "Octave 2",
  octave3: "Octave 3",
  octave4: "Octave 4",
  octave5: "Octave 5",
  octave6: "Octave 6",
  octave7: "Octave 7",
} as const;
export type Part = keyof typeof partTitles;

/** Numbers of parameters on the sliders. */
export const parameterSteps = [
  ...[5_000, 10_000, 20_000, 40_000, 70_000, 100_000, 150_000, 200_000, 300_000, 400_000],
  ...[600_000, 800_000],
] as const;
export const comparedSteps = [2_000, 5_000, 10_000, 20_000, 40_000, 70_000] as const;

export const sideTitles = { "64": "64 pixels", "128": "128 pixels", "256": "256 pixels" } as const;
export const minuteTitles = {
  "0.5": "30 seconds",
  "1": "1 minute",
  "3": "3 minutes",
  "10": "10 minutes",
} as const;
export const axisTitles = { seconds: "Seconds", steps: "Steps" } as const;

const keys = <T extends string>(titles: Readonly<Record<T, string>>) => Object.keys(titles) as T[]; // a literal's own keys

/** All settings of the page, as they are in the address. */
export const fields = {
  view: choiceField("zoom", keys(pageTitles)),
  example: choiceField("harbor", exampleNames),
  size: integerField(5, 0, parameterSteps.length - 1),
  samples: choiceField("points", keys(sampleTitles)),
  part: choiceField("all", keys(partTitles)),
  derivative: choiceField("none", keys(derivativeTitles)),
  beside: choiceField("bicubic", keys(besideTitles)),
  maxima: flagField(false),
  scale: integerField(0, 0, 3),
  threshold: numberField(0.05, 0, 0.5),
  x: numberField(0, 0, 10_000),
  y: numberField(0, 0, 10_000),
  zoom: numberField(1, 1, mostZoom),
  // Against networks
  compared: integerField(2, 0, comparedSteps.length - 1),
  side: choiceField("128", keys(sideTitles)),
  minutes: choiceField("1", keys(minuteTitles)),
  axis: choiceField("seconds", keys(axisTitles)),
} as const;
