import type { Convolution, ConvolutionAttributes } from "../operations/convolution.ts";
import { planeOf } from "../operations/window.ts";
import { apply, type Tensor } from "../tensor.ts";
import type { Differentiation } from "./gradientRule.ts";

/** The convolution alone, of the attributes of any of the three operations. */
const plain = ({ stride, padding, dilation, groups }: Convolution): Convolution => ({
  ...{ stride, padding, dilation, groups },
});

/** The three derivatives of `Σ conv2d(x, w) · g`, which is linear in each; see the table of operations. */
const forImage = (g: Tensor, w: Tensor, x: Tensor, c: Convolution): Tensor =>
  apply("convTranspose2d", [g, w], { ...plain(c), size: planeOf(x) });
const forKernel = (x: Tensor, g: Tensor, w: Tensor, c: Convolution): Tensor =>
  apply("convKernel2d", [x, g], { ...plain(c), taps: planeOf(w) });
const forResult = (x: Tensor, w: Tensor, c: Convolution): Tensor =>
  apply("conv2d", [x, w], plain(c));

/** Gradient rules of the convolutions: each one's are the other two. */
export const convolution: {
  readonly [K in keyof ConvolutionAttributes]: Differentiation<ConvolutionAttributes[K]>;
} = {
  conv2d: ([g], { inputs, attributes }) => {
    const [x, w] = inputs as readonly [Tensor, Tensor];
    return g ? [forImage(g, w, x, attributes), forKernel(x, g, w, attributes)] : [];
  },
  convTranspose2d: ([x], { inputs, attributes }) => {
    const [g, w] = inputs as readonly [Tensor, Tensor];
    return x ? [forResult(x, w, attributes), forKernel(x, g, w, attributes)] : [];
  },
  convKernel2d: ([w], { inputs, attributes }) => {
    const [x, g] = inputs as readonly [Tensor, Tensor];
    return w ? [forImage(g, w, x, attributes), forResult(x, w, attributes)] : [];
  },
};
