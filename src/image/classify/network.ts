import { input, ShapeError, type Tensor } from "../../graph/index.ts";
import { zeros } from "../../nn/initializers.ts";
import { conv2d } from "../../nn/layers/convolution2d.ts";
import { groupNorm } from "../../nn/layers/groupNorm.ts";
import { linear } from "../../nn/layers/layers.ts";
import { layoutOf, type ParameterLayout, type Scope } from "../../nn/parameters.ts";

/** Pictures of one size, and what a network makes of them. */
export interface ImageClassifierSize {
  /** Colors of a pixel: 1 is gray, 3 is RGB. */
  readonly colors: 1 | 3;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly classes: number;
  /** Channels of the first stage; each further stage has twice as many. */
  readonly channels: number;
  /** Residual blocks of a stage. */
  readonly blocks: number;
}

/** Channels that share a norm. */
const groupSize = 8;
/** A picture is halved until its shorter side is at most this, in pixels. */
const smallest = 8;

/** `[batch, colors, height, width]`, 0 black to 1 white, as the graph's input of `batch` pictures. */
export const picturesInput = (
  batch: number,
  { colors, height, width }: Pick<ImageClassifierSize, "colors" | "height" | "width">,
): Tensor => input("pictures", [batch, colors, height, width]);

/**
 * A small residual network (He et al. 2016) with group norms before its convolutions. Each stage halves the plane and doubles
 * the channels. Gives the mean over the last plane as `features`, and a linear map of it as `logits`, `[batch, classes]`.
 */
export function imageClassifier(
  p: Scope,
  pictures: Tensor,
  size: ImageClassifierSize,
): { readonly features: Tensor; readonly logits: Tensor } {
  const { classes, blocks } = size;
  // From -1 to 1: the mean of a picture is then no large number that all channels share.
  let x = conv2d(p.in("stem"), pictures.mul(2).sub(1), size.channels, { taps: 5, stride: 2 });
  for (const [stage, channels] of stagesOf(size).entries()) {
    const q = p.in(`stage${stage}`);
    if (stage > 0) x = conv2d(q.in("halve"), activated(q.in("norm"), x), channels, { stride: 2 });
    for (let i = 0; i < blocks; i++) x = residual(q.in(`block${i}`), x);
  }
  const pooled = activated(p.in("norm"), x).mean([2, 3]);
  const head = linear(p.in("head"), pooled, classes, { role: "head", initialize: zeros });
  return { features: pooled, logits: head };
}

/** Channels of each stage. */
function stagesOf({ width, height, channels }: ImageClassifierSize): number[] {
  const stages: number[] = [];
  let side = Math.min(width, height);
  do {
    stages.push(channels * 2 ** stages.length);
    side = Math.ceil(side / 2);
  } while (side > smallest);
  return stages;
}

/** `x + conv(relu(norm(conv(relu(norm(x))))))`; the last convolution starts at zero, so that a block is nothing at first. */
function residual(p: Scope, x: Tensor): Tensor {
  const channels = x.shape[1]!; // four axes
  const inner = conv2d(p.in("conv1"), activated(p.in("norm1"), x), channels);
  const outer = activated(p.in("norm2"), inner);
  return x.add(conv2d(p.in("conv2"), outer, channels, { initialize: zeros }));
}

const activated = (p: Scope, x: Tensor): Tensor => {
  const channels = x.shape[1] ?? 0;
  if (channels % groupSize !== 0) {
    throw new ShapeError(
      `a network of pictures needs channels in multiples of ${groupSize}, not ${channels}`,
    );
  }
  return groupNorm(p, x, channels / groupSize).relu();
};

/** The parameters of a network of this size. */
export const imageClassifierLayout = (size: ImageClassifierSize): ParameterLayout =>
  layoutOf((p) => imageClassifier(p, picturesInput(1, size), size));
