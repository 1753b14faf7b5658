import { type ProductsOf, plainProducts } from "./products.ts";
import { simdProducts } from "./simdProducts.ts";

/** The fastest products of this platform: vectors in WebAssembly, or plain ones where there are none. */
export const fastProducts: ProductsOf = (layers) => simdProducts(layers) ?? plainProducts(layers);
