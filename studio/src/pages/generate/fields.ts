import { choiceField, integerField, numberField } from "../../shared/address.ts";

/** The settings of the page, in the address. */
export const fields = {
  view: choiceField("draw", ["draw", "fill", "train"]),
  model: choiceField("shipped", ["shipped", "trained"]),
  /** Index of the class; -1 for all in turn. */
  label: integerField(-1, -1, 999),
  count: choiceField("64", ["1", "8", "16", "32", "64"]),
  temperature: numberField(0.85, 0, 2),
  guidance: numberField(2.5, 0, 5),
  topP: numberField(0.8, 0.05, 1),
  seed: integerField(1, 0, 1e6),
  /** Which of the shipped digits has the hole. */
  digit: integerField(23, 0, 1e6),
  x: integerField(9, 0, 63),
  y: integerField(9, 0, 63),
  width: integerField(10, 1, 64),
  height: integerField(10, 1, 64),
  network: choiceField("64", ["32", "64", "96", "128"]),
  steps: integerField(1200, 2, 20000),
  side: choiceField("28", ["16", "28", "32"]),
  color: choiceField("gray", ["gray", "ycbcr"]),
} as const;

/** What they are at a time. */
export interface GenerateState {
  readonly view: "draw" | "fill" | "train";
  readonly model: "shipped" | "trained";
  readonly label: number;
  readonly count: "1" | "8" | "16" | "32" | "64";
  readonly temperature: number;
  readonly guidance: number;
  readonly topP: number;
  readonly seed: number;
  readonly digit: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly network: "32" | "64" | "96" | "128";
  readonly steps: number;
  readonly side: "16" | "28" | "32";
  readonly color: "gray" | "ycbcr";
}

export type SetGenerate = (change: Partial<GenerateState>) => void;
