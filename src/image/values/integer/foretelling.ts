import { type Site, type Token, tokenNames, walk } from "../../../codec/index.ts";
import { runMlp } from "../../../nn/integer/mlp.ts";
import type { ProductsOf } from "../../../nn/integer/products.ts";
import { type ImageLanguage, imageLanguage } from "../../language/language.ts";
import { highestPlane } from "../../language/startingPlanes.ts";
import { valueDescriber } from "../describer.ts";
import type { Mixture } from "../mixture.ts";
import { tellTokenMasses } from "../tokenLogits.ts";
import { writeFrequencies } from "./frequencies.ts";
import type { IntegerModel } from "./integerModel.ts";
import { integerMixture } from "./mixture.ts";

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

/** Chooses the next token, given how likely each is: see `writeFrequencies`. The array is reused. */
export type NextToken = (site: Site, frequencies: Uint32Array) => Token;

/** A model at work on pictures of one size. */
export interface Foretelling {
  readonly language: ImageLanguage;
  /**
   * Walks a picture, and tells `next` at every decision how likely each token is, of what `approximation` (zeroed by the
   * caller) has become so far and of nothing else. So encoder and decoder are told the same.
   */
  walk(head: PictureHead, approximation: Float64Array, next: NextToken): void;
}

/** Prepares a model for pictures of one size. */
export function foretelling(
  { config, network }: IntegerModel,
  size: PictureSize,
  productsOf: ProductsOf,
): Foretelling {
  const language = imageLanguage(config.language, size);
  const { tokens } = language;
  const describer = valueDescriber(
    {
      ...{ language, classes: config.classNames.length },
      highestPlane: highestPlane(config.startingPlanes, tokens.finestPlane),
    },
    config.sight,
  );
  if (describer.width !== network.layers[0]?.inputs)
    throw new RangeError("the model's network is told another number of things");
  const running = runMlp(network, productsOf);
  const told = new Float32Array(describer.width);
  const vocabulary = tokenNames[tokens.vocabulary].length;
  const masses = new Float64Array(vocabulary);
  const frequencies = new Uint32Array(vocabulary);
  const tell = (token: Token, mass: number) => {
    masses[token] = mass;
  };
  return {
    language,
    walk({ label, startingPlane }, approximation, next) {
      const follower = describer.follow(label, startingPlane);
      const { ranges } = follower;
      const steps = walk(tokens, startingPlane, approximation);
      let last = -1;
      let mixture: Mixture | undefined;
      for (let step = steps.next(); !step.done; ) {
        const site = step.value;
        const { offset, legal } = site;
        if (offset !== last || !mixture) {
          last = offset;
          follower.enter(site, approximation);
          follower.write(told, 0, site, approximation);
          const [low, high] = [ranges.low(offset), ranges.high(offset)];
          mixture = integerMixture(running.say(told), low, high, config.mixture);
        }
        masses.fill(0);
        tellTokenMasses(tell, mixture, site, approximation[offset]!, ranges.unit());
        writeFrequencies(frequencies, masses, legal);
        step = steps.next(next(site, frequencies));
      }
    },
  };
}
