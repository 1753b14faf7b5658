import type { TokenStream } from "../codec/encode.ts";
import type { Random } from "../data/random/random.ts";
import { UserError } from "../errors/userError.ts";
import type { Tensor } from "../graph/index.ts";
import type { Optimizer } from "../nn/optimizers/optimizer.ts";
import type { ParameterLayout, Scope } from "../nn/parameters.ts";
import type { CompileOptions } from "../runtime/compile.ts";
import type { Objective } from "../train/differentiate.ts";
import type { StableOptions } from "../train/schedule.ts";
import type { Batch, BatchShape } from "../train/trainable.ts";
import type { Choosing } from "./choosing.ts";
import type { ImageLanguage } from "./language/language.ts";
import type { ImageSampling } from "./sampling.ts";
import type { WordSetting, Words } from "./words/wordSetting.ts";

/** What every model of the language is built for. */
export interface ModelSetting {
  readonly language: ImageLanguage;
  readonly classes: number;
  /** Highest starting plane among the training images. */
  readonly highestPlane: number;
  /** The words of captions, where the model is told some. */
  readonly words?: WordSetting | undefined;
}

/** The label of an image whose class is not told: a model learns what images of any class have in common. */
export const noClass = -1;

/** An image as a model sees it: its coefficient matrix, its class, and the words of its caption. */
export interface Example {
  readonly coefficients: Float64Array;
  /** Index of the class, or {@link noClass}. */
  readonly label: number;
  /** None by default. */
  readonly words?: Words | undefined;
}

/** Draws training images; `random` decides crops and other free choices. */
export interface TrainingImages {
  readonly count: number;
  draw(index: number, random: Random): Example;
}

/** Tells what a stream costs: -log2 of its probability given class and starting plane, in bits. */
export interface Scorer extends AsyncDisposable {
  bits(examples: readonly Example[]): Promise<number[]>;
}

/** Words for a picture or for a part of it. */
export interface WordsOfRegion {
  readonly words: Words;
  /** The whole picture by default. */
  readonly region?: Region | undefined;
}

/** A rectangle of a picture, in pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An image to be drawn. */
export interface DrawRequest extends Choosing {
  /** Index of the class, or {@link noClass}. */
  readonly label: number;
  readonly startingPlane: number;
  /** What it is to show; of regions that overlap the last counts. Nothing is said of what no region covers. */
  readonly words?: readonly WordsOfRegion[] | undefined;
  /** Decides every token of this image, whatever else is drawn beside it. */
  readonly random: Random;
  /** Draws it by particles, each with `allowed` and `weigh` of its own; a sampler that knows no particles leaves them out. */
  readonly particles?: Particles | undefined;
}

/** Several drawings of one image that compete: see `drawParticles`. */
export interface Particles {
  readonly count: number;
  /** How a drawing may go on; called anew for each, whose sites it is asked about in order. */
  choosing(): Choosing;
}

/** The same image without a condition, as guidance asks for it. */
export const unconditioned = (request: DrawRequest): DrawRequest => ({
  ...request,
  label: noClass,
  words: undefined,
});

/** A drawn image: its tokens and what a decoder makes of them. */
export interface Drawing extends TokenStream {
  readonly approximation: Float64Array;
}

/** Most images that samplers draw side by side; fewer take hardly less time. */
export const sideBySide = 80;

/** Draws images in batches. */
export interface Sampler {
  draw(
    requests: readonly DrawRequest[],
    options: ImageSampling,
    onProgress?: (tokens: number) => void,
  ): Promise<Drawing[]>;
}

/** The size of an exported graph. */
export interface ExportShape {
  /** Streams, or decisions where a model answers each by itself. The first axis of every input and output. */
  readonly batch: number;
  /** Tokens of a stream, of models that read whole streams; such a model chooses one itself by default. */
  readonly length?: number;
}

/** The error of a model that answers each decision by itself and is exported with a length. */
export const hasNoLength = (model: string): UserError =>
  new UserError(`${model} answers single decisions and has no length`);

/** A model of the language, built for one setting: all that training, scoring, sampling and exporting need of it. */
export interface ImageModel {
  readonly layout: ParameterLayout;
  readonly rate: StableOptions;
  readonly optimizer: Optimizer;
  /** The objective for batches of a shape; its metric is the mean bits of an image of the batch. */
  objective(shape: BatchShape): Objective<"bitsPerImage">;
  /**
   * The batches of a training: a function of the step (from 1) alone, so that a resumed run sees the same. `examples` are
   * images. The arrays of a batch are used again by the next.
   */
  batches(images: TrainingImages, random: Random): (step: number) => Batch;
  scorer(parameters: Float32Array, options?: CompileOptions): Promise<Scorer>;
  sampler(parameters: Float32Array, options?: CompileOptions): Sampler;
  /**
   * The model as a graph of a size: outputs by name, on graph inputs. It is called for several batch sizes. Throws UserError
   * where the model cannot have this length. A model without this member cannot be exported.
   */
  outputs?(p: Scope, shape: ExportShape): Readonly<Record<string, Tensor>>;
  /** What the inputs and outputs of that graph hold, by name. */
  readonly descriptions?: Readonly<Record<string, string>>;
}
