import { type Planes, planes } from "../continuous/fourier/planes.ts";
import { createFft2, type Fft2 } from "../continuous/plane/fft2.ts";

/** A grid of samples on which the layers of a scattering transform work: its Fourier transform and working memory. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly fft: Fft2;
  readonly work: Planes;
}

export function createGrid(height: number, width: number): Grid {
  return { height, width, fft: createFft2(height, width), work: planes(height * width) };
}

/** The spectrum of real samples on a grid. */
export function spectrumOf(samples: Float64Array, { height, width, fft }: Grid): Planes {
  const spectrum = planes(height * width);
  spectrum.re.set(samples);
  fft.forward(spectrum);
  return spectrum;
}

/**
 * |x ⋆ ψ| on a grid `to` that is 2^k times coarser than the grid `from` of the spectra, written to `into`: the product of the
 * spectra is folded, which is subsampling in space.
 */
export function modulus(
  x: Planes,
  filter: Float64Array,
  from: Grid,
  to: Grid,
  into: Float64Array,
): void {
  const { re, im } = to.work;
  const folds = from.height / to.height;
  const gain = 1 / (folds * folds);
  re.fill(0);
  im.fill(0);
  for (let y = 0, i = 0; y < from.height; y++) {
    const row = (y % to.height) * to.width;
    for (let fold = 0; fold < folds; fold++) {
      for (let k = row, end = row + to.width; k < end; k++, i++) {
        const g = filter[i]! * gain;
        re[k]! += g * x.re[i]!;
        im[k]! += g * x.im[i]!;
      }
    }
  }
  to.fft.inverse(to.work);
  for (let k = 0; k < into.length; k++) into[k] = Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!);
}
