/** The dual-tree complex wavelet transform, nearly shift-invariant, in 2-D with six orientations, in 3-D with 28. */
export {
  type DualTree,
  type DualTreeOptions,
  dualTree,
  dualTreeAdjoint,
  idualTree,
  idualTreeAdjoint,
} from "./dualTree.ts";
export {
  type ComplexMatrix,
  type DualTree2,
  dualTree2,
  dualTree2Adjoint,
  idualTree2,
  idualTree2Adjoint,
  type Orientation,
  type TreePair,
} from "./dualTree2.ts";
export {
  type ComplexArray,
  type DualTreen,
  type DualTreenOptions,
  dualTreen,
  dualTreenAdjoint,
  idualTreen,
  idualTreenAdjoint,
} from "./dualTreen.ts";
export { type DualTreeDesign, type DualTreeFilters, dualTreeFilters } from "./filters.ts";
export { type HilbertPair, type HilbertPairDesign, hilbertPair } from "./hilbertPair.ts";
