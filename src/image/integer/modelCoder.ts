import { type RangeEncoder, rangeDecoder, rangeEncoder } from "../../codec/entropy/rangeCoder.ts";
import { startingPlane, truth } from "../../codec/index.ts";
import type { Raster } from "../../data/images/raster.ts";
import { UserError } from "../../errors/userError.ts";
import { log2Of } from "../../nn/integer/elementary.ts";
import { fastProducts } from "../../nn/integer/fastProducts.ts";
import type { IntegerLinear } from "../../nn/integer/linear.ts";
import type { ProductsOf } from "../../nn/integer/products.ts";
import { channelsOf } from "../language/color.ts";
import { analyze, synthesize } from "../language/language.ts";
import { noClass } from "../model.ts";
import type { Foretelling, PictureSize } from "./foretelling.ts";
import { foretell } from "./integerKinds.ts";
import type { IntegerModel } from "./integerModel.ts";
import { labelFrequencies, planeFrequencies } from "./pictureHead.ts";

/** A picture for the coder of a model. */
export interface LabeledPicture {
  readonly raster: Raster;
  /**
   * Index of its class, `noClass`, or `shortest`: the label with the shortest code, which is looked for among all. By default
   * the picture has no class; of a model that has learned only pictures of a class, it is `shortest`.
   */
  readonly label?: number | "shortest";
}

/** How a code is read. */
export interface DecodeOptions {
  /**
   * Whether the code may be the beginning of one. Then there are as many pictures as it reaches, the last one as far as every
   * continuation agrees on it.
   */
  readonly cut?: boolean;
}

/**
 * Encodes and decodes pictures by what a model says of them: down to the last bit in a lossless language, to the finest threshold
 * in another. A model `values` codes pictures of all sizes, a model `state` those of the size that it has learned.
 */
export interface ModelCoder {
  /**
   * The code of pictures one after another, with nothing around it. Throws UserError where a picture has another number of
   * channels than the model, or a size that it cannot have; RangeError where there is no such class.
   */
  encode(pictures: readonly LabeledPicture[]): Uint8Array;
  /** The pictures of a code, given the sizes of all. Throws UserError where the code is damaged, so far as that shows. */
  decode(code: Uint8Array, sizes: readonly PictureSize[], options?: DecodeOptions): Raster[];
}

/** With frequencies out of 2^16. */
const fine = { fine: true };

/** The coder of a model. All `productsOf` make the same codes; the default is the fastest one. */
export function modelCoder(model: IntegerModel, productsOf: ProductsOf = fastProducts): ModelCoder {
  const products = shared(productsOf);
  let last: Foretelling | undefined;
  const of = (size: PictureSize): Foretelling => {
    if (last?.language.width === size.width && last.language.height === size.height) return last;
    try {
      last = foretell(model, size, products);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { width, height } = model.config;
      throw new UserError(
        `the model has learned pictures of ${width}×${height}, and cannot code one of ${size.width}×${size.height}`,
      );
    }
    return last;
  };
  const { color = "gray" } = model.config.language;
  const channels = channelsOf[color];
  const labels = labelFrequencies(model.config);
  const possible = [...labels.keys()].flatMap((k) => (labels[k] ? [k + noClass] : []));
  const [first = noClass] = possible;
  const usual = first === noClass || possible.length === 1 ? first : "shortest";
  const check = (raster: Raster) => {
    if (raster.channels !== channels)
      throw new UserError(
        `the model is one of ${color === "gray" ? "gray" : "color"} pictures, and this one has ${raster.channels} channels`,
      );
  };
  return {
    encode(pictures) {
      const encoder = rangeEncoder(fine);
      for (const { raster, label = usual } of pictures) {
        check(raster);
        const { language, walk } = of(raster);
        const { tokens } = language;
        const coefficients = analyze(raster, language);
        const first = startingPlane(coefficients, tokens.finestPlane);
        const tell = (label: number, code: (frequencies: Uint32Array, symbol: number) => void) => {
          code(labels, label - noClass);
          const planes = planeFrequencies(model.config, language, label);
          code(planes.frequencies, first - planes.first);
          const approximation = new Float64Array(coefficients.length);
          const choose = truth(coefficients, approximation, tokens);
          walk({ label, startingPlane: first }, approximation, (site, frequencies) => {
            const token = choose(site);
            code(frequencies, token);
            return token;
          });
        };
        const cost = (label: number) => {
          let bits = 0;
          tell(label, (frequencies, symbol) => {
            bits += log2Of(sumOf(frequencies)) - log2Of(frequencies[symbol]!);
          });
          return bits;
        };
        const best = label === "shortest" ? leastOf(possible, cost) : label;
        tell(best, (frequencies, symbol) => encodeSymbol(encoder, frequencies, symbol));
      }
      return encoder.finish();
    },
    decode(code, sizes, { cut = false } = {}) {
      const decoder = rangeDecoder(code, !cut, fine);
      const next = (frequencies: Uint32Array) => {
        const symbol = decoder.decode(frequencies, sumOf(frequencies));
        if (symbol >= 0) return symbol;
        if (cut) return undefined;
        throw new UserError(
          "the code of the pictures is damaged, or of another model",
          "damaged-file",
        );
      };
      const rasters: Raster[] = [];
      let isOpen = true;
      for (const size of sizes) {
        const { language, walk } = of(size);
        const told = next(labels);
        if (told === undefined) break;
        const label = told + noClass;
        const planes = planeFrequencies(model.config, language, label);
        const plane = next(planes.frequencies);
        if (plane === undefined) break;
        const { geometry } = language.tokens;
        const approximation = new Float64Array(channels * geometry.height * geometry.width);
        walk({ label, startingPlane: planes.first + plane }, approximation, (_, frequencies) => {
          const token = next(frequencies);
          isOpen = token !== undefined;
          return token;
        });
        rasters.push(synthesize(approximation, language).raster);
        if (!isOpen) break;
      }
      return rasters;
    },
  };
}

/** Makes the products of layers once: pictures of another size use the same. */
function shared(productsOf: ProductsOf): ProductsOf {
  const made = new Map<IntegerLinear | undefined, ReturnType<ProductsOf>>();
  return (layers) => {
    const [first] = layers;
    const products = made.get(first) ?? productsOf(layers);
    made.set(first, products);
    return products;
  };
}

const sumOf = (frequencies: Uint32Array): number => {
  let sum = 0;
  for (let k = 0; k < frequencies.length; k++) sum += frequencies[k]!;
  return sum;
};

/** The number that costs least, the first of several. */
function leastOf(numbers: readonly number[], cost: (n: number) => number): number {
  const costs = numbers.map(cost);
  return numbers[costs.indexOf(Math.min(...costs))]!; // there is one
}

function encodeSymbol(encoder: RangeEncoder, frequencies: Uint32Array, symbol: number): void {
  const frequency = frequencies[symbol];
  if (!frequency) throw new RangeError(`the model has no room for the symbol ${symbol}`);
  let below = 0;
  for (let k = 0; k < symbol; k++) below += frequencies[k]!;
  encoder.encode(below, frequency, sumOf(frequencies));
}
