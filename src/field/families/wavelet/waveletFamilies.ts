import type { TrainedFamily } from "../../family.ts";
import type { AtomShape } from "./atoms.ts";
import { gabor } from "./gabor.ts";
import { type NetworkOptions, waveletNetwork } from "./network.ts";
import { scalingNetwork } from "./smooth.ts";
import { startAtoms, startReadOut, startScaling } from "./start.ts";
import type { Template } from "./template.ts";

export interface WaveletOptions {
  readonly template?: Template;
  readonly shape?: AtomShape;
  readonly mixings?: number;
}

/**
 * Steps in which the rate rises. Adam's first steps move every parameter by the full rate, however small its gradient, which
 * would ruin a start that is solved by least squares. During the warmup, Adam's second moments adapt.
 */
const warmup = 20;

const resolved = (options: WaveletOptions): NetworkOptions => ({
  template: options.template ?? gabor({ omega: 4, sigma: 1 }),
  shape: options.shape ?? "anisotropic",
  mixings: options.mixings ?? 2,
});

/** The wavelet network alone (Roddenberry et al. 2024, section 2). `width` is its number of atoms. */
export function waveletField(options: WaveletOptions = {}): TrainedFamily {
  const network = resolved(options);
  return {
    kind: "trained",
    meaning: "products of complex wavelets (Roddenberry et al. 2024)",
    rate: 1e-3,
    warmup,
    values: (p, points, size) => {
      const wavelet = waveletNetwork(p.in("wavelet"), points, size, network);
      return { all: wavelet, wavelet };
    },
    async start(start) {
      startAtoms(start, "wavelet", network);
      await startReadOut(start, "wavelet", network, () => undefined);
    },
  };
}

/** The scaling network alone, with `width` Gaussians along each axis. */
export function scalingField(): TrainedFamily {
  return {
    kind: "trained",
    meaning: "Gaussians on a grid (the scaling network of Roddenberry et al. 2024)",
    rate: 1e-3,
    warmup,
    values: (p, points, size) => {
      const smooth = scalingNetwork(p.in("scaling"), points, size, size.width);
      return { all: smooth, smooth };
    },
    start: (start) => startScaling(start, "scaling", start.size.width),
  };
}

/** The split architecture: the sum of a scaling and a wavelet network (Roddenberry et al. 2024, section 4.3). */
export function splitField(options: WaveletOptions = {}): TrainedFamily {
  const network = resolved(options);
  return {
    kind: "trained",
    meaning: "a smooth part and products of complex wavelets, summed (Roddenberry et al. 2024)",
    rate: 1e-3,
    warmup,
    values: (p, points, size) => {
      const smooth = scalingNetwork(p.in("scaling"), points, size);
      const wavelet = waveletNetwork(p.in("wavelet"), points, size, network);
      return { all: smooth.add(wavelet), smooth, wavelet };
    },
    async start(start) {
      startScaling(start, "scaling");
      startAtoms(start, "wavelet", network);
      await startReadOut(start, "wavelet", network, (p, points) =>
        scalingNetwork(p.in("scaling"), points, start.size),
      );
    },
  };
}
