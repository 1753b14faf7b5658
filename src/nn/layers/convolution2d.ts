import { type ConvolutionOptions, type Shape, ShapeError, type Tensor } from "../../graph/index.ts";
import { type Initializer, normal, zeros } from "../initializers.ts";
import type { ParameterRole, Scope } from "../parameters.ts";

export interface Convolution2dOptions extends ConvolutionOptions {
  /** Rows and columns of the kernel; 3 by default. */
  readonly taps?: number | readonly [number, number];
  /** Whether a number for each channel is added; true by default. */
  readonly bias?: boolean;
  /** What the kernel is for; `hidden` by default, so that Muon and weight decay take it as the matrix that it is. */
  readonly role?: ParameterRole;
  /** How the kernel starts; by default with a variance of 2 / (numbers that one result sees), for rectified layers. */
  readonly initialize?: Initializer;
}

/**
 * Convolution of planes (LeCun et al. 1989): `[batch, in, height, width]` to `[batch, channels, …]`. Padded with half of the
 * taps beside the middle unless `padding` says otherwise, so that a kernel of odd size keeps height and width at stride 1, and
 * stride 2 halves even ones. The kernel is stored as a matrix, `[channels, in / groups · rows · columns]`.
 */
export function conv2d(
  p: Scope,
  x: Tensor,
  channels: number,
  options: Convolution2dOptions = {},
): Tensor {
  const { groups = 1, bias = true } = options;
  const [rows, columns] = tapsOf(options);
  const padding = options.padding ?? halfOf(rows, columns);
  const kernel = kernelOf(p, [channels, channelsOf(x) / groups, rows, columns], options);
  const y = x.conv2d(kernel, { ...options, padding });
  return bias ? y.add(biasOf(p, channels)) : y;
}

/**
 * The adjoint of a {@link conv2d} from `channels` channels, with a kernel of its own: `[batch, in, height, width]` to
 * `[batch, channels, …]`, to undo strides. At stride s the result is s times as high and wide.
 */
export function convTranspose2d(
  p: Scope,
  x: Tensor,
  channels: number,
  options: Convolution2dOptions = {},
): Tensor {
  const { groups = 1, bias = true, stride = 1 } = options;
  const [rows, columns] = tapsOf(options);
  const padding = options.padding ?? halfOf(rows, columns);
  const [down, right] = typeof stride === "number" ? [stride, stride] : stride;
  const [height, width] = x.shape.slice(2) as [number, number]; // four axes
  const kernel = kernelOf(p, [channelsOf(x), channels / groups, rows, columns], options);
  const y = x.convTranspose2d(kernel, {
    ...{ ...options, padding, size: [down * height, right * width] },
  });
  return bias ? y.add(biasOf(p, channels)) : y;
}

function tapsOf({ taps = 3 }: Convolution2dOptions): readonly [number, number] {
  return typeof taps === "number" ? [taps, taps] : taps;
}

function halfOf(rows: number, columns: number): [number, number, number, number] {
  const [v, h] = [Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)];
  return [v, h, v, h];
}

function channelsOf(x: Tensor): number {
  if (x.shape.length !== 4) {
    throw new ShapeError(`a convolution needs [batch, channels, height, width], was given ${x}`);
  }
  return x.shape[1]!; // four axes
}

function kernelOf(p: Scope, shape: Shape, options: Convolution2dOptions): Tensor {
  const [results, inside, rows, columns] = shape as readonly [number, number, number, number];
  const seen = inside * rows * columns;
  const { role = "hidden", initialize = normal(Math.sqrt(2 / seen)) } = options;
  return p.get("kernel", [results, seen], initialize, { role }).reshape(shape);
}

/** A number for each channel, to be added to planes. */
const biasOf = (p: Scope, channels: number): Tensor =>
  p.get("bias", [channels], zeros).reshape([channels, 1, 1]);
