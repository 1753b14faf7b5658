import type { Random } from "../data/random.ts";
import type { Tensor } from "../graph/index.ts";
import type { ParameterLayout, Scope } from "../nn/parameters.ts";
import type { Signal } from "./signal.ts";

/** What every field is sized by. */
export interface FieldSize {
  /** Coordinates of a point: 1, 2 or 3. */
  readonly dimensions: number;
  /** Values at a point. */
  readonly channels: number;
  /** Units of a layer; what grows with the number of parameters. */
  readonly width: number;
  /** Samples along each axis of the signal that it is fitted to, for families whose atoms lie on its grid. */
  readonly grid?: readonly number[];
}

/** A field's values at points, `[points, channels]`, and the parts that they are the sum of where it has parts. */
export interface FieldValues {
  readonly all: Tensor;
  readonly smooth?: Tensor;
  readonly wavelet?: Tensor;
}

/**
 * Where the atoms of a wavelet field start: on the singularities of the signal, its modulus maxima, or anywhere, with the
 * same scales and directions.
 */
export type Init = (typeof inits)[number];
export const inits = ["maxima", "random"] as const;

/** What a start that looks at the signal is given; it overwrites what the initialisers made. */
export interface Start {
  readonly size: FieldSize;
  readonly layout: ParameterLayout;
  /** All parameters, one after another as the layout says. */
  readonly parameters: Float32Array;
  readonly signal: Signal;
  readonly init: Init;
  readonly random: Random;
}

/**
 * A family of continuous functions: how values at points are made from parameters. Parameters are real numbers, a complex
 * weight being two of them.
 */
export interface FieldFamily {
  /** What it computes, with its source. */
  readonly meaning: string;
  /** Adam's highest learning rate as published, or as tuned here where nothing was. */
  readonly rate: number;
  /** Steps in which the rate rises from zero, where the start is too good for a step at the full rate; 0 by default. */
  readonly warmup?: number;
  /** Whether the start is the answer, so that there is nothing to train. */
  readonly solved?: boolean;
  /**
   * Values at `points`, `[points, dimensions]` with coordinates in [-1, 1]. A family of several resolutions leaves out its
   * finest octaves, `without` of them, for a view that has no points to show them.
   */
  values(p: Scope, points: Tensor, size: FieldSize, without?: number): FieldValues;
  /** Where a training starts, as far as it depends on the signal. */
  start?(start: Start): void | Promise<void>;
}
