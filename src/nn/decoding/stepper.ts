import type { Tensor } from "../../graph/index.ts";
import type { Arrays, CompileOptions } from "../../runtime/compile.ts";
import type { Attend } from "../layers/attention.ts";
import type { ParameterLayout, Scope } from "../parameters.ts";
import type { Past } from "./past.ts";

/** What a model is given that runs one position of each sequence at a time. */
export interface StepContext {
  /** How its layers must attend. */
  readonly attend: (layer: number) => Attend;
  /** Earlier values of all other quantities, such as those of delays and running means. */
  readonly past: Past;
  /** Number of the position, int32 `[1]`. */
  readonly position: Tensor;
}

/** A causal model of one position to an output of `[batch, …]`. Further inputs of the graph are fed at every step. */
export type StepModel = (p: Scope, step: StepContext) => Tensor;

/** A model with its parameters. */
export interface StepSource {
  readonly model: StepModel;
  readonly layout: ParameterLayout;
  readonly parameters: Float32Array;
}

export interface StepOptions extends CompileOptions {
  readonly batch: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of a head. */
  readonly depth: number;
  /**
   * Sizes of ONNX Runtime's caches in positions, rising, beyond the last by doubling: a session is compiled for each when it is
   * first needed.
   */
  readonly buckets?: readonly number[];
}

/** What computes positions of sequences and keeps their past. */
export interface Stepper {
  /** Computes the output of the next position; it is valid until the one after. Positions count up from 0. */
  step(position: number, feeds: Arrays): Promise<Float32Array> | Float32Array;
  /** Takes in positions from one on, whose outputs nobody needs. */
  feed(position: number, feeds: readonly Arrays[]): Promise<void> | void;
  /** Forgets all positions. */
  restart(): void;
  close(): Promise<void>;
}
