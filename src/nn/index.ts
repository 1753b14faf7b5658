/** Layers, losses, optimisers and sampling: plain functions over tensors. */
export { type AdamWOptions, adamw } from "./adamw.ts";
export { attention, causal } from "./attention.ts";
export { causalConvolution } from "./convolution.ts";
export { createDecoder, type Decoder, type StepContext } from "./decoder.ts";
export { block, type GptOptions, gpt, type TrunkOptions, trunk } from "./gpt.ts";
export { fanIn, type Initialiser, normal, ones, uniform, zeros } from "./initialisers.ts";
export { embedding, layerNorm, linear, mlp, rmsNorm } from "./layers.ts";
export { type CrossEntropy, crossEntropy } from "./losses.ts";
export { clipByGlobalNorm, type Optimiser } from "./optimiser.ts";
export { bind, layoutOf, type Parameter, type ParameterLayout, type Scope } from "./parameters.ts";
export { type Delays, type Past, wholeSequence } from "./past.ts";
export { chooseToken, type SamplingOptions } from "./sampling.ts";
