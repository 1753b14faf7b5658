import { expose, transfer } from "comlink";
import type { Raster } from "ondelette/data";
import { continuousWavelet, demoSignal, type WaveletName } from "ondelette/wavelets";
import {
  planesOf,
  psnrOf,
  rasterOf,
  type ShrinkSettings,
  shrunk,
  withNoise,
} from "./denoise/shrink.ts";
import { shapeOf } from "./functions/shape.ts";
import {
  coefficientAt,
  coefficientsSeeing,
  lumaOf,
  mosaicRaster,
  signedRaster,
  type Transformed,
  type TransformSettings,
  transformOf,
} from "./picture/transform.ts";
import type { SoundName } from "./settings.ts";
import { envelopeOf, partsOf, type ScalogramSettings, scalogramOf } from "./signal/analysis.ts";
import { chirpWithEchoes, type Series } from "./signal/series.ts";

/** The transform that cursors ask about. */
let transformed: Transformed | undefined;

/** Samples of the library's test signals. */
const demoLength = 4096;

/** Columns of time that are drawn. */
const columns = 1200;

/** What the page asks its worker. */
const api = {
  shape: (name: WaveletName) => shapeOf(name),

  /** Transforms a picture's brightness; cursors are about it from then on. */
  transform(picture: Raster, settings: TransformSettings, contrast: number) {
    transformed = transformOf(lumaOf(picture), settings);
    const { mosaic, shares } = transformed;
    return {
      mosaic,
      shares,
      settings: transformed.settings,
      raster: mosaicRaster(transformed, contrast),
    };
  },

  seeing: (x: number, y: number) => transformed && coefficientsSeeing(transformed, x, y),

  coefficient(x: number, y: number) {
    const found = transformed && coefficientAt(transformed, x, y);
    if (!found) return undefined;
    const { measures, builds, ...rest } = found;
    return { ...rest, measures: signedRaster(measures), builds: signedRaster(builds) };
  },

  shrink(picture: Raster, settings: ShrinkSettings) {
    const original = planesOf(picture);
    const noisy = withNoise(original, settings.sigma, settings.seed);
    const begun = performance.now();
    const { clean, zeros } = shrunk(noisy, settings);
    return {
      seconds: (performance.now() - begun) / 1000,
      noisy: rasterOf(noisy),
      clean: rasterOf(clean),
      psnr: { noisy: psnrOf(original, noisy), clean: psnrOf(original, clean) },
      zeros,
    };
  },

  /** PSNR and zeros for each factor of the thresholds; other calls are answered in between. */
  async sweep(picture: Raster, settings: ShrinkSettings, factors: readonly number[]) {
    const original = planesOf(picture);
    const noisy = withNoise(original, settings.sigma, settings.seed);
    const points: { factor: number; psnr: number; zeros: number }[] = [];
    for (const factor of factors) {
      const { clean, zeros } = shrunk(noisy, { ...settings, factor });
      points.push({ factor, psnr: psnrOf(original, clean), zeros });
      await new Promise((resolve) => setTimeout(resolve));
    }
    return points;
  },

  /** A signal of this page or of the library. */
  series(name: Exclude<SoundName, "numbers">): Series {
    if (name === "chirp") return chirpWithEchoes();
    return { name, samples: demoSignal(name, demoLength), rate: 1, isSound: false };
  },

  scalogram(samples: Float64Array, rate: number, settings: ScalogramSettings) {
    const begun = performance.now();
    const result = scalogramOf(samples, rate, settings, columns);
    const seconds = (performance.now() - begun) / 1000;
    return transfer({ ...result, seconds }, [result.modulus.buffer]);
  },

  parts(
    samples: Float64Array,
    rate: number,
    options: {
      readonly wavelet: WaveletName;
      readonly levels: number;
      readonly transform: "swt" | "dwt";
    },
  ) {
    return { whole: envelopeOf(samples, columns), parts: partsOf(samples, rate, options, columns) };
  },

  /** A continuous wavelet and its spectrum. */
  continuous(name: string) {
    const psi = continuousWavelet(name);
    const reach = Math.min(psi.reach, 4 * psi.timeSpread || 8, 12) || 8;
    const t = Float64Array.from({ length: 601 }, (_, i) => (i / 300 - 1) * reach);
    const values = Array.from(t, (at) => psi.psi(at));
    const highest = Math.min(3, (psi.meanFrequency + 5 * psi.frequencySpread) / (2 * Math.PI)) || 2;
    const cycles = Float64Array.from({ length: 401 }, (_, i) => (i / 400) * highest);
    const modulus = cycles.map((x) => {
      const { re, im } = psi.psiHat(2 * Math.PI * x);
      return Math.hypot(re, im);
    });
    return {
      name,
      complex: psi.complex,
      t,
      values,
      cycles,
      modulus,
      centralFrequency: psi.centralFrequency,
    };
  },
};

export type WaveletsApi = typeof api;

expose(api);
