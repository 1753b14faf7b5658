import type { IntegerLinear } from "./linear.ts";

/** A matrix of weights, and the vector that it is multiplied with. */
export interface Products {
  /** The vector, for the caller to fill; as long as a row, 0 behind the inputs. */
  readonly input: Int16Array;
  /** Writes the product into `sums`. */
  multiply(): void;
  readonly sums: Int32Array;
}

/** Makes the products of some layers. All ways to do so give the same integers. */
export type ProductsOf = (layers: readonly IntegerLinear[]) => readonly Products[];

/** Products in plain TypeScript: the witness of all others. */
export const plainProducts: ProductsOf = (layers) =>
  layers.map(({ outputs, stride, weights }) => {
    const input = new Int16Array(stride);
    const sums = new Int32Array(outputs);
    return {
      input,
      sums,
      multiply() {
        for (let j = 0, k = 0; j < outputs; j++) {
          let sum = 0;
          for (let i = 0; i < stride; i++, k++) sum = (sum + Math.imul(weights[k]!, input[i]!)) | 0;
          sums[j] = sum;
        }
      },
    };
  });
