import type { ProductsOf } from "../../nn/integer/products.ts";
import { imageLanguage } from "../language/language.ts";
import { highestPlane } from "../language/startingPlanes.ts";
import { integerState } from "../state/integerState.ts";
import { integerValues } from "../values/integerValues.ts";
import type { Foretelling, IntegerLayers, ParameterOf, PictureSize } from "./foretelling.ts";
import type { IntegerChoice, IntegerModelConfig } from "./integerConfig.ts";

/** Rounds the layers of a model. Throws UserError where they cannot be. */
export const quantize = (model: IntegerChoice, parameterOf: ParameterOf): IntegerLayers =>
  model.name === "values"
    ? integerValues.quantize(parameterOf, model.options)
    : integerState.quantize(parameterOf, model.options);

/**
 * Prepares a model for pictures of one size. Throws UserError where there is no language of such, RangeError where the layers do
 * not fit together or are told other numbers of such pictures.
 */
export function foretell(
  { config, layers }: { readonly config: IntegerModelConfig; readonly layers: IntegerLayers },
  { width, height }: PictureSize,
  productsOf: ProductsOf,
): Foretelling {
  const { model, classNames, startingPlanes } = config;
  const language = imageLanguage(config.language, { width, height });
  const setting = {
    ...{ language, classes: classNames.length },
    highestPlane: highestPlane(startingPlanes, language.tokens.finestPlane),
  };
  return model.name === "values"
    ? integerValues.foretell(layers, model.options, setting, productsOf)
    : integerState.foretell(layers, model.options, setting, productsOf);
}
