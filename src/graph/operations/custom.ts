import type { Operation } from "../operation.ts";
import { ShapeError } from "../types.ts";

export interface CustomAttributes {
  custom: {
    /** How many of the inputs are results. They come first; after them come what they are functions of. */
    readonly results: number;
    /** A `GradientRule` on tensors, of which this table knows nothing; `customGradient` alone makes it. */
    readonly rule: object;
  };
}

export const custom: Operation<CustomAttributes["custom"]> = {
  meaning: "the first inputs as they are, whose gradient goes to the others by a rule of its own",
  infer: (inputs, { results }) => {
    if (results < 1 || results > inputs.length) {
      throw new ShapeError(
        `custom: there are not ${results} results among ${inputs.length} inputs`,
      );
    }
    return inputs.slice(0, results);
  },
  emit: (_, inputs, __, { results }) => inputs.slice(0, results),
};
