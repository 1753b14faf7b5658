import type { EmitTarget, Lowering } from "./lowering.ts";
import { native } from "./native.ts";
import { plainRmsNorm } from "./rewrites/functions.ts";
import { wideOneHot } from "./rewrites/indices.ts";
import { narrowProduct, plainProduct } from "./rewrites/products.ts";
import { webgpu } from "./webgpu.ts";

/** Operators of the ONNX standard alone: what a file for others has. */
const standard: Lowering = {
  operators: {
    ...native,
    FusedMatMul: plainProduct,
    OneHot: wideOneHot,
    SimplifiedLayerNormalization: plainRmsNorm,
  },
  integers: "int64",
};

/** ONNX Runtime's CPU, native or WebAssembly. */
const cpu: Lowering = {
  operators: { ...native, FusedMatMul: narrowProduct, OneHot: wideOneHot },
  integers: "int64",
};

/**
 * How each target has its operators written. `cuda` has kernels for all by ONNX Runtime's lists, and `coreml` and `dml` are
 * given the standard; none of the three was tried.
 */
export const lowerings: { readonly [Target in EmitTarget]: Lowering } = {
  cpu,
  webgpu,
  cuda: { operators: { ...native, OneHot: wideOneHot }, integers: "int64" },
  coreml: standard,
  dml: standard,
  file: standard,
};
