/** Layers, losses, optimizers and sampling: plain functions over tensors. */

export { createDecoder, type Decoder, type StepContext } from "./decoding/decoder.ts";
export { type Delays, type Past, wholeSequence } from "./decoding/past.ts";
export { chooseToken, type SamplingOptions } from "./decoding/sampling.ts";
export { fanIn, type Initializer, normal, ones, uniform, zeros } from "./initializers.ts";
export { attention, causal } from "./layers/attention.ts";
export { causalConvolution } from "./layers/convolution.ts";
export { block, type GptOptions, gpt, type TrunkOptions, trunk } from "./layers/gpt.ts";
export { embedding, layerNorm, linear, mlp, rmsNorm } from "./layers/layers.ts";
export { type CrossEntropy, crossEntropy } from "./layers/losses.ts";
export { type AdamWOptions, adamw } from "./optimizers/adamw.ts";
export { type MuonOptions, muon } from "./optimizers/muon.ts";
export { clipByGlobalNorm, type Optimizer } from "./optimizers/optimizer.ts";
export {
  bind,
  freeze,
  layoutOf,
  type Parameter,
  type ParameterLayout,
  type Scope,
} from "./parameters.ts";
