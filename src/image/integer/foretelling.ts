import type { Site, Token } from "../../codec/index.ts";
import type { IntegerLinear } from "../../nn/integer/linear.ts";
import type { ProductsOf } from "../../nn/integer/products.ts";
import type { ImageLanguage } from "../language/language.ts";
import type { ModelSetting } from "../model.ts";

/** Size of a picture, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What is told of a picture before its tokens. */
export interface PictureHead {
  /** Its class, or `noClass`. */
  readonly label: number;
  readonly startingPlane: number;
}

/**
 * Chooses the next token, given how likely each is (see `writeFrequencies`), or ends the walk by none. The array is reused.
 */
export type NextToken = (site: Site, frequencies: Uint32Array) => Token | undefined;

/** A model at work on pictures of one size. */
export interface Foretelling {
  readonly language: ImageLanguage;
  /**
   * Walks a picture, and tells `next` at every decision how likely each token is, of what `approximation` (zeroed by the
   * caller) has become so far and of nothing else. So encoder and decoder are told the same.
   */
  walk(head: PictureHead, approximation: Float64Array, next: NextToken): void;
}

/** The layers of a model, by name. */
export type IntegerLayers = ReadonlyMap<string, IntegerLinear>;

/** A trained parameter, by name. Throws RangeError where there is none. */
export type ParameterOf = (name: string) => Float32Array;

/** How a kind of model is rounded to integers, and how it works then. `Options` is what it is made of. */
export interface IntegerKind<Options> {
  /** Rounds the layers. Throws UserError where they cannot be. */
  quantize(parameterOf: ParameterOf, options: Options): IntegerLayers;
  /** Prepares the model for pictures of one size. Throws UserError where it cannot have such. */
  foretell(
    layers: IntegerLayers,
    options: Options,
    setting: ModelSetting,
    productsOf: ProductsOf,
  ): Foretelling;
}

/** The layers of these names. Throws RangeError where one is missing. */
export const layersNamed = (
  layers: IntegerLayers,
  names: readonly string[],
): readonly IntegerLinear[] =>
  names.map((name) => {
    const layer = layers.get(name);
    if (!layer) throw new RangeError(`the model has no layer ${name}`);
    return layer;
  });
