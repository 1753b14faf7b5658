/** Layers, losses, optimizers and sampling: plain functions over tensors. */

export {
  createDecoder,
  type Decoder,
  type DecoderOptions,
  type StepContext,
  type StepModel,
} from "./decoding/decoder.ts";
export { type Edge, type Past, wholeSequence } from "./decoding/past.ts";
export { anyToken, chooseToken, type SamplingOptions, tokenChance } from "./decoding/sampling.ts";
export { fanIn, type Initializer, normal, ones, uniform, zeros } from "./initializers.ts";
export {
  type Attend,
  type AttentionOptions,
  attention,
  twoWay,
} from "./layers/attention.ts";
export { type CausalOptions, causal } from "./layers/causalAttention.ts";
export {
  type Complex,
  type ComplexLinearOptions,
  cAdd,
  cMul,
  complexLinear,
  cPower,
  cScale,
  cSquare,
  fromPolar,
  realReadOut,
  squaredModulus,
} from "./layers/complex.ts";
export { type ConvolutionOptions, causalConvolution } from "./layers/convolution.ts";
export {
  type Convolution2dOptions,
  conv2d,
  convTranspose2d,
} from "./layers/convolution2d.ts";
export { dropout, dropoutMask } from "./layers/dropout.ts";
export { block, type GptOptions, gpt, type TrunkOptions, trunk } from "./layers/gpt.ts";
export { groupNorm } from "./layers/groupNorm.ts";
export {
  embedding,
  type LinearOptions,
  layerNorm,
  linear,
  type MlpOptions,
  mlp,
  rmsNorm,
} from "./layers/layers.ts";
export { type CrossEntropy, type CrossEntropyOptions, crossEntropy } from "./layers/losses.ts";
export { averagePool2d, resize } from "./layers/resize.ts";
export { type AdamWOptions, adamw } from "./optimizers/adamw.ts";
export {
  type AverageOptions,
  averaged,
  averageSlot,
  usedParameters,
} from "./optimizers/averaged.ts";
export { type MuonOptions, muon, orthogonalize } from "./optimizers/muon.ts";
export { clipByGlobalNorm, type Optimizer, type Update } from "./optimizers/optimizer.ts";
export { nearest, type Quintic, steepest } from "./optimizers/polar.ts";
export {
  type Bound,
  bind,
  bindInputs,
  feedsOf,
  freeze,
  layoutOf,
  type Parameter,
  type ParameterLayout,
  type ParameterOptions,
  type ParameterRole,
  type Scope,
} from "./parameters.ts";
