import {
  type RangeDecoder,
  type RangeEncoder,
  rangeDecoder,
  rangeEncoder,
} from "../../../codec/entropy/rangeCoder.ts";
import { startingPlane, truth } from "../../../codec/index.ts";
import type { Raster } from "../../../data/images/raster.ts";
import { UserError } from "../../../errors/userError.ts";
import { fastProducts } from "../../../nn/integer/fastProducts.ts";
import type { ProductsOf } from "../../../nn/integer/products.ts";
import { channelsOf } from "../../language/color.ts";
import { analyze, synthesize } from "../../language/language.ts";
import { noClass } from "../../model.ts";
import { type Foretelling, foretelling, type PictureSize } from "./foretelling.ts";
import { allFrequencies } from "./frequencies.ts";
import type { IntegerModel } from "./integerModel.ts";
import { labelFrequencies, planeFrequencies } from "./pictureHead.ts";

/** A picture for the coder of a model. */
export interface LabeledPicture {
  readonly raster: Raster;
  /** Index of its class, which the decoder is told too: `noClass` by default. */
  readonly label?: number;
}

/** Encodes and decodes pictures by what a model says of them. */
export interface ModelCoder {
  /**
   * The code of pictures one after another, with nothing around it. Throws UserError where a picture has another number of
   * channels than the model.
   */
  encode(pictures: readonly LabeledPicture[]): Uint8Array;
  /** The pictures of a code, given the sizes of all. Throws UserError where the code is damaged, so far as that shows. */
  decode(code: Uint8Array, sizes: readonly PictureSize[]): Raster[];
}

/** With frequencies out of 2^16. */
const fine = { fine: true };

/** The coder of a model. All `productsOf` make the same codes; the default is the fastest one. */
export function modelCoder(model: IntegerModel, productsOf: ProductsOf = fastProducts): ModelCoder {
  let last: Foretelling | undefined;
  const of = (size: PictureSize): Foretelling => {
    if (last?.language.width !== size.width || last.language.height !== size.height)
      last = foretelling(model, size, productsOf);
    return last;
  };
  const { color = "gray" } = model.config.language;
  const channels = channelsOf[color];
  const labels = labelFrequencies(model.config);
  return {
    encode(pictures) {
      const encoder = rangeEncoder(fine);
      for (const { raster, label = noClass } of pictures) {
        if (raster.channels !== channels)
          throw new UserError(
            `the model is one of ${color === "gray" ? "gray" : "color"} pictures, and this one has ${raster.channels} channels`,
          );
        const { language, walk } = of(raster);
        const { tokens } = language;
        const coefficients = analyze(raster, language);
        const head = { label, startingPlane: startingPlane(coefficients, tokens.finestPlane) };
        encodeSymbol(encoder, labels, label - noClass);
        const planes = planeFrequencies(model.config, language, label);
        encodeSymbol(encoder, planes.frequencies, head.startingPlane - planes.first);
        const approximation = new Float64Array(coefficients.length);
        const choose = truth(coefficients, approximation, tokens);
        walk(head, approximation, (site, frequencies) => {
          const token = choose(site);
          encodeSymbol(encoder, frequencies, token, allFrequencies);
          return token;
        });
      }
      return encoder.finish();
    },
    decode(code, sizes) {
      const decoder = rangeDecoder(code, true, fine);
      return sizes.map((size) => {
        const { language, walk } = of(size);
        const label = decodeSymbol(decoder, labels) + noClass;
        const planes = planeFrequencies(model.config, language, label);
        const startingPlane = planes.first + decodeSymbol(decoder, planes.frequencies);
        const { geometry } = language.tokens;
        const approximation = new Float64Array(channels * geometry.height * geometry.width);
        walk({ label, startingPlane }, approximation, (_, frequencies) =>
          decodeSymbol(decoder, frequencies, allFrequencies),
        );
        return synthesize(approximation, language).raster;
      });
    },
  };
}

const sumOf = (frequencies: Uint32Array) => frequencies.reduce((sum, n) => sum + n, 0);

function encodeSymbol(
  encoder: RangeEncoder,
  frequencies: Uint32Array,
  symbol: number,
  total = sumOf(frequencies),
): void {
  const frequency = frequencies[symbol];
  if (!frequency) throw new RangeError(`the model has no room for the symbol ${symbol}`);
  let below = 0;
  for (let k = 0; k < symbol; k++) below += frequencies[k]!;
  encoder.encode(below, frequency, total);
}

function decodeSymbol(
  decoder: RangeDecoder,
  frequencies: Uint32Array,
  total = sumOf(frequencies),
): number {
  const symbol = decoder.decode(frequencies, total);
  if (symbol < 0)
    throw new UserError("the code of the pictures is damaged, or of another model", "damaged-file");
  return symbol;
}
