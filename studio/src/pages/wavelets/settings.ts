import {
  continuousWaveletNames,
  type DemoSignalName,
  demoSignalNames,
  type Mode,
  modes,
  type ThresholdRuleName,
  waveletNames,
} from "ondelette/wavelets";
import { choiceField, integerField, numberField } from "../../shared/address.ts";
import { exampleNames } from "../../shared/pictures/examples.ts";

export const viewTitles = {
  functions: "Functions",
  picture: "Picture",
  denoise: "Shrinkage",
  signal: "Sound and series",
} as const;

export const ruleTitles = {
  bayes: "BayesShrink",
  sure: "SURE",
  hybridSure: "Hybrid SURE",
  minimax: "Minimax",
  universal: "Universal (VisuShrink)",
} as const satisfies Readonly<Record<ThresholdRuleName, string>>;

export const shrinkTitles = { soft: "Soft", hard: "Hard", garrote: "Garrote" } as const;

export const transformTitles = { dwt: "Decimated", swt: "Stationary" } as const;

export const shiftTitles = { "1": "None", "2": "4 shifts", "4": "16 shifts" } as const;

export const modeTitles = Object.fromEntries(modes.map((mode) => [mode, mode])) as Record<
  Mode,
  string
>; // one a mode

export const noiseTitles = { estimated: "Estimated", known: "Known" } as const;

export const mraTitles = { swt: "Stationary", dwt: "Decimated" } as const;

export const normTitles = { l1: "Amplitude (L1)", l2: "Energy (L2)" } as const;

/** Signals by name: one of this page, those of the library, and the visitor's numbers. */
export const soundNames = ["chirp", ...demoSignalNames, "numbers"] as const;
export type SoundName = "chirp" | "numbers" | DemoSignalName;

const keys = <T extends string>(titles: Readonly<Record<T, string>>) => Object.keys(titles) as T[]; // a literal's own keys

/** All settings of the page, as they are in the address. */
export const fields = {
  view: choiceField("functions", keys(viewTitles)),
  wavelet: choiceField("db4", waveletNames),
  // Picture
  example: choiceField("harbor", exampleNames),
  levels: integerField(3, 1, 8),
  mode: choiceField("periodization", modes),
  contrast: numberField(0, -3, 3),
  // Shrinkage
  sigma: integerField(20, 0, 80),
  seed: integerField(1, 1, 1000),
  rule: choiceField("bayes", keys(ruleTitles)),
  factor: numberField(1, 0, 3),
  shrink: choiceField("soft", keys(shrinkTitles)),
  transform: choiceField("dwt", keys(transformTitles)),
  shifts: choiceField("1", ["1", "2", "4"]),
  noise: choiceField("estimated", keys(noiseTitles)),
  // Sound and series
  sound: choiceField<SoundName>("chirp", soundNames),
  psi: choiceField("morlet6", continuousWaveletNames),
  voices: integerField(12, 2, 24),
  norm: choiceField("l1", keys(normTitles)),
  range: integerField(50, 10, 90),
  parts: integerField(6, 1, 10),
  mra: choiceField("swt", keys(mraTitles)),
} as const;
