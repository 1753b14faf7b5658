import type { Random } from "../data/random/random.ts";
import type { Tensor } from "../graph/index.ts";
import type { ParameterLayout, Scope } from "../nn/parameters.ts";
import type { View } from "./evaluate/view.ts";
import type { Preparation, Prepared } from "./families/expansion/prepare.ts";
import type { Signal } from "./signal/signal.ts";

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

/** What a start that looks at the signal is given; it overwrites what the initializers made. */
export interface Start {
  readonly size: FieldSize;
  readonly layout: ParameterLayout;
  /** All parameters, one after another as the layout says. */
  readonly parameters: Float32Array;
  readonly signal: Signal;
  readonly init: Init;
  readonly random: Random;
}

/** Octaves that are summed, from the first to the one before the second; 0 is the finest. */
export type Octaves = readonly [from: number, to: number];

/**
 * A field, or some octaves of it, on the points of a view: values `[…viewSize, channels]`, or partial derivatives of so high
 * orders along the axes, in the coordinates of `coordinatesOf`.
 */
export type Viewer = (view: View, orders?: readonly number[]) => Float32Array<ArrayBuffer>;

/** Octaves that a field is the sum of. */
export interface Multiresolution {
  /** Octaves of wavelets; what is left, the smooth part, counts as one more behind the coarsest. */
  octaves(size: FieldSize): number;
  /** What `values` gives, made for all points of a view together, which is many times as fast as one by one. */
  viewer(parameters: Float32Array, size: FieldSize, octaves: Octaves): Viewer;
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
  /** Of a family of several resolutions: its octaves, and views of them. */
  readonly multiresolution?: Multiresolution;
  /** Of a family whose wavelets can tell noise, or means over cells, from a function through points: makes such points. */
  prepare?(signal: Signal, preparation: Preparation): Prepared;
  /** Where a training starts, as far as it depends on the signal. */
  start?(start: Start): void | Promise<void>;
}
