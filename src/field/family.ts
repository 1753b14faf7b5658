import type { Random } from "../data/random/random.ts";
import type { Tensor } from "../graph/index.ts";
import type { ParameterLayout, Scope } from "../nn/parameters.ts";
import type { View } from "./evaluate/view.ts";
import type { Signal } from "./signal/signal.ts";

/** The size of a field. */
export interface FieldSize {
  /** Coordinates of a point: 1, 2 or 3. */
  readonly dimensions: number;
  /** Values at a point. */
  readonly channels: number;
  /** Units of a layer, or atoms: grows with the number of parameters. */
  readonly width: number;
  /** Samples along each axis of the signal that it is fitted to, for families whose atoms lie on its grid. */
  readonly grid?: readonly number[];
}

/** A field's values at points, `[points, channels]`, and the parts that sum to them if it has parts. */
export interface FieldValues {
  readonly all: Tensor;
  readonly smooth?: Tensor;
  readonly wavelet?: Tensor;
}

/**
 * Where the atoms of a wavelet field start: on the singularities of the signal (its modulus maxima), or at random positions
 * with the same scales and directions.
 */
export type Init = (typeof inits)[number];
export const inits = ["maxima", "random"] as const;

/** What a family needs to compute its initial parameters, or its solution, from a signal. */
export interface Start {
  readonly size: FieldSize;
  readonly layout: ParameterLayout;
  /** All parameters in the order of the layout, as the initializers made them; they are overwritten in place. */
  readonly parameters: Float32Array;
  readonly signal: Signal;
  readonly init: Init;
  readonly random: Random;
}

/** Octaves to sum: from `from` up to, but not including, `to`; 0 is the finest. */
export type Octaves = readonly [from: number, to: number];

/**
 * Evaluates a field, or some octaves of it, on the points of a view: values `[…viewSize, channels]`, or the partial derivative
 * of the given orders along the axes, in the coordinates of `coordinatesOf`.
 */
export type Viewer = (view: View, orders?: readonly number[]) => Float32Array<ArrayBuffer>;

/** The octaves that sum to a field. */
export interface Multiresolution {
  /** Number of octaves of wavelets. The smooth part counts as one more octave after the coarsest. */
  octaves(size: FieldSize): number;
  /** Computes what `values` computes for all points of a view together, which is many times faster than one by one. */
  viewer(parameters: Float32Array, size: FieldSize, octaves: Octaves): Viewer;
}

/** What samples are: values at points, or means over cells, as the pixels of a camera. */
export type SampleKind = (typeof sampleKinds)[number];
export const sampleKinds = ["points", "means"] as const;

/** What is done to a signal before a field is fitted to it. */
export interface Preparation {
  /** Noise to remove: its standard deviation, where values from -1 to 1 span 1, or `auto` to estimate it; none by default. */
  readonly denoise?: number | "auto";
  /** `points` by default. */
  readonly samples?: SampleKind;
}

/** A preprocessed signal. */
export interface Prepared {
  readonly signal: Signal;
  /** The standard deviation of the noise that was removed, in the same unit, and the PSNR against what was given, in dB. */
  readonly noise?: { readonly sigma: number; readonly psnr: number };
}

/** What all families of continuous functions share: how values at points are made from parameters. */
interface CommonFamily {
  /** What it computes, with its source. */
  readonly meaning: string;
  /**
   * Values at `points`, `[points, dimensions]` with coordinates in [-1, 1]. Parameters are real numbers; a complex weight is
   * two of them. A family of several resolutions leaves out its finest octaves, `without` of them, for a view whose points
   * are too far apart to show them.
   */
  values(p: Scope, points: Tensor, size: FieldSize, without?: number): FieldValues;
  /** The most parameters that a signal can use, where there is a limit. */
  mostParameters?(signal: { readonly grid: readonly number[]; readonly channels: number }): number;
  /** Octaves, of a family that is a sum of several resolutions, and views of them. */
  readonly multiresolution?: Multiresolution;
  /** Optional preprocessing: removes noise, or converts pixel means to point samples. Wavelet expansions alone have it. */
  prepare?(signal: Signal, preparation: Preparation): Prepared;
}

/** A family whose parameters are learned by gradient descent. */
export interface TrainedFamily extends CommonFamily {
  readonly kind: "trained";
  /** Adam's highest learning rate as published, or as tuned here where nothing was published. */
  readonly rate: number;
  /** Steps in which the rate rises from zero; 0 by default. */
  readonly warmup?: number;
  /** Overwrites those initial parameters that depend on the signal. */
  start?(start: Start): void | Promise<void>;
}

/** A solution as a file, and the parameters that a reader of the file gets. */
export interface PackedField {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly size: FieldSize;
  readonly parameters: Float32Array<ArrayBuffer>;
}

/** What of a field's parameters is used: numbers, and the places that they can stand at. */
export interface Usage {
  readonly coefficients: number;
  readonly places: number;
}

/** How the solution of a family is kept: as a compressed field, of which any beginning decodes, in the place of a checkpoint. */
export interface Packing {
  /** Rounds parameters that were solved for a signal, as far as that costs 0.01 dB. */
  pack(parameters: Float32Array, size: FieldSize, signal: Signal): PackedField;
  /** Solves the field with the smallest error that a file of so many bytes holds. Throws UserError where they are too few. */
  solve(signal: Signal, bytes: number): PackedField;
  /** The parameters of a file, in the layout of a size. Throws UserError, naming the file, where it is damaged or of another size. */
  unpack(file: Uint8Array, size: FieldSize, name: string): Float32Array<ArrayBuffer>;
  usage(parameters: Float32Array, size: FieldSize): Usage;
}

/** A family whose parameters are computed from the signal directly. */
export interface SolvedFamily extends CommonFamily {
  readonly kind: "solved";
  /** Writes the parameters. */
  solve(start: Omit<Start, "init">): void | Promise<void>;
  /** How a solution is kept; as a checkpoint of its parameters by default. */
  readonly packing?: Packing;
}

/** A family of continuous functions: trained or solved. */
export type FieldFamily = TrainedFamily | SolvedFamily;
