import { input, type Tensor } from "../../src/graph/index.ts";
import {
  crossEntropy,
  fanIn,
  layoutOf,
  linear,
  type ParameterLayout,
  type Scope,
} from "../../src/nn/index.ts";
import type { Objective } from "../../src/train/index.ts";

/** What fixes the network: square gray pictures of so many pixels a side, and how many classes. */
export interface NetworkShape {
  readonly side: number;
  readonly classes: number;
}

const hiddenWidths = [512, 256];
/** Keeps the scale of the signal through rectified layers (He et al. 2015). */
const rectified = fanIn(Math.SQRT2);

/** A perceptron of two hidden layers: pictures `[batch, side²]`, 0 black to 1 white, to logits `[batch, classes]`. */
export function classify(p: Scope, pictures: Tensor, classes: number): Tensor {
  let x = pictures;
  for (const [i, width] of hiddenWidths.entries()) {
    x = linear(p.in(`hidden${i + 1}`), x, width, { initialize: rectified }).relu();
  }
  return linear(p.in("output"), x, classes, { initialize: fanIn() });
}

/** The graph's input of `batch` pictures. */
export const picturesInput = (batch: number, side: number): Tensor =>
  input("pictures", [batch, side * side]);

/** Mean cross-entropy of a batch, fed as `pictures` and int32 `labels`. */
export function classifierObjective(batch: number, shape: NetworkShape): Objective<never> {
  const labels = input("labels", [batch], "int32");
  return (p) => {
    const logits = classify(p, picturesInput(batch, shape.side), shape.classes);
    return { loss: crossEntropy(logits, labels).mean, metrics: {} };
  };
}

/** The parameters of the network of this shape. */
export const classifierLayout = ({ side, classes }: NetworkShape): ParameterLayout =>
  layoutOf((p) => classify(p, picturesInput(1, side), classes));
