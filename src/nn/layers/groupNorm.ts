import { constant, ShapeError, sizeOf, type Tensor } from "../../graph/index.ts";
import { ones, zeros } from "../initializers.ts";
import type { Scope } from "../parameters.ts";

/**
 * Group norm of `[batch, channels, …]`, with learned scale and bias of each channel: mean 0 and variance 1 over the channels
 * of a group and all places of one image (Wu & He 2018). An image's result depends on no other image.
 */
export function groupNorm(p: Scope, x: Tensor, groups: number, epsilon = 1e-5): Tensor {
  const [batch, channels, ...places] = x.shape as readonly [number, number, ...number[]];
  if (x.shape.length < 2 || channels % groups !== 0) {
    throw new ShapeError(
      `groupNorm: ${groups} groups do not divide [batch, channels, …] = [${x.shape.join(", ")}]`,
    );
  }
  const length = (channels / groups) * sizeOf(places);
  const row = (value: number) => constant([value], [1], x.dtype).expand([length]);
  const unit = x
    .reshape([batch * groups, length])
    .layerNorm(row(1), row(0), epsilon)
    .reshape(x.shape);
  const each = [channels, ...places.map(() => 1)];
  const scale = p.get("scale", [channels], ones, { role: "gain" }).reshape(each);
  return unit.mul(scale).add(p.get("bias", [channels], zeros).reshape(each));
}
