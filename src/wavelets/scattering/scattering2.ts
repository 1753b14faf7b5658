import { checkOneOf } from "../arguments/checkOneOf.ts";
import { checkCount } from "../arguments/numbers.ts";
import { checkOptions, optionNames } from "../arguments/options.ts";
import { checkFinite, type FloatArray, ofKind } from "../arrays/floatArray.ts";
import { checkMatrix, checkSize, type Matrix } from "../arrays/matrix.ts";
import { extensionRules } from "../extension/mode.ts";
import { createGrid, modulus, spectrumOf } from "./convolve.ts";
import { type ScatteringFilter, type ScatteringFilters, scatteringFilters } from "./filters.ts";
import { kept, type LowPass, lowPassed, lowPassOf } from "./lowPass.ts";

/** Options of {@link scattering2}. */
export interface Scattering2Options {
  /** J: octaves of wavelets; averages are taken over about 2^J pixels and kept every 2^J pixels. 3 by default. */
  readonly scales?: number;
  /** L: directions of wavelets over half a turn. 8 by default, for which the filters are designed. */
  readonly orientations?: number;
  /** How often a wavelet and a modulus are applied, at most. 2 by default. */
  readonly order?: 0 | 1 | 2;
  /**
   * What lies beyond the borders: the picture reflected (the default, as in Kymatio), or the picture again, for which both
   * sides must be multiples of 2^J.
   */
  readonly mode?: "reflect" | "periodic";
  /**
   * Octaves by which the layers between picture and result are sampled more finely than needed. 0 by default, as in Kymatio,
   * where aliasing changes the result by about half a percent; with J the layers keep every pixel and the result is exact.
   */
  readonly oversampling?: number;
  /**
   * Divides all filters by one number, where needed, so that their Littlewood–Paley sum is at most 1 and the transform brings
   * no two pictures further apart. False by default: Kymatio's filters exceed 1 by up to 5 % for L = 8 and J ≥ 3.
   */
  readonly contraction?: boolean;
}

/** The averages of one path of wavelets. */
export interface ScatteringBand<A extends FloatArray = FloatArray> extends Matrix<A> {
  /** The octaves j of the path's wavelets, first applied first; as many as the order of the path. */
  readonly scales: readonly number[];
  /** The directions of their waves in radians, from x (right) toward y (down), as in `cwt2`. */
  readonly angles: readonly number[];
}

/** The scattering transform of a picture. */
export interface Scattering2<A extends FloatArray = FloatArray> {
  /**
   * Order 0, all of order 1, all of order 2, in Kymatio's order: `1 + J·L + J(J−1)/2·L²` bands of
   * `⌊height/2^J⌋ × ⌊width/2^J⌋` values.
   */
  readonly bands: readonly ScatteringBand<A>[];
  /** Size of the picture. */
  readonly height: number;
  readonly width: number;
}

/** A scattering transform for pictures of one size, with its filters. It must not be used by two transforms at a time. */
export interface Scatterer2 {
  /** Throws RangeError for a picture of another size or with a value that is not finite. */
  transform<A extends FloatArray>(picture: Matrix<A>): Scattering2<A>;
  readonly height: number;
  readonly width: number;
  /** The filters, on the padded grid. */
  readonly filters: ScatteringFilters;
}

const names = optionNames<Scattering2Options>({
  scales: true,
  orientations: true,
  order: true,
  mode: true,
  oversampling: true,
  contraction: true,
});

/**
 * The scattering transform of a picture (Bruna and Mallat, *Invariant scattering convolution networks*, 2013), with Kymatio's
 * filters, padding, order of bands and values:
 * `S₀ = x ⋆ φ`, `S₁ = |x ⋆ ψ₁| ⋆ φ`, `S₂ = ||x ⋆ ψ₁| ⋆ ψ₂| ⋆ φ` with ψ₂ of a coarser octave than ψ₁, sampled every 2^J pixels.
 * Nothing in it is trained. It hardly changes when a picture is shifted or bent a little. It is not linear and has no adjoint.
 * For many pictures of one size use {@link createScattering2}, which makes the filters once.
 *
 * Throws RangeError for a picture with a side below 2^J, options out of range, and values that are NaN or infinite; TypeError
 * for arguments of the wrong type.
 *
 * @example
 * ```ts
 * const image = { height: 32, width: 32, data: new Float64Array(1024).map((_, i) => Math.cos(2.4 * (i % 32))) };
 * const { bands } = scattering2(image, { scales: 2, orientations: 4 }); // waves along x
 * const [largest] = bands.slice(1).sort((a, b) => b.data[0] - a.data[0]);
 * console.log(bands.length, largest.scales, largest.angles[0] % Math.PI);
 * // → 25 [ 0 ] 0
 * ```
 */
export function scattering2<A extends FloatArray>(
  picture: Matrix<A>,
  options: Scattering2Options = {},
): Scattering2<A> {
  checkMatrix(picture, "picture");
  return createScattering2(picture.height, picture.width, options).transform(picture);
}

/** Prepares {@link scattering2} for pictures of one size. Throws as it does. */
export function createScattering2(
  height: number,
  width: number,
  options: Scattering2Options = {},
): Scatterer2 {
  checkOptions(options, names);
  const { scales = 3, orientations = 8, order = 2, oversampling = 0 } = options;
  const mode = checkOneOf("mode", options.mode ?? "reflect", ["reflect", "periodic"]);
  checkCount("scales", scales);
  checkCount("orientations", orientations, 64);
  if (![0, 1, 2].includes(order)) throw new RangeError(`order must be 0, 1 or 2, not ${order}`);
  if (!Number.isInteger(oversampling) || oversampling < 0)
    throw new RangeError(`oversampling must be an integer from 0 up, not ${oversampling}`);
  const vertical = framed(height, scales, mode, "height");
  const horizontal = framed(width, scales, mode, "width");
  const { contraction = false } = options;
  const choice = { scales, orientations, contraction };
  const filters = scatteringFilters(vertical.padded, horizontal.padded, choice);

  /** The octave by which a layer after wavelets of octave j is subsampled. */
  const octaveAfter = (j: number) => Math.max(0, j - oversampling);
  const octaves = Array.from({ length: octaveAfter(scales - 1) + 1 }, (_, octave) => octave);
  const grids = octaves.map((k) => createGrid(vertical.padded >> k, horizontal.padded >> k));
  const averages = octaves.map((k): readonly [LowPass, LowPass] => {
    const along = ({ places, first }: Frame, spectrum: Float64Array) =>
      lowPassOf(spectrum, k, { places, first: first >> k, step: 2 ** (scales - k) });
    return [along(vertical, filters.lowPass[0]), along(horizontal, filters.lowPass[1])];
  });
  const row = new Float64Array(horizontal.padded);
  const average = (layer: Float64Array, octave: number) =>
    lowPassed(layer, ...averages[octave]!, row); // one for each octave

  // ψ₂ for each octave at which it is applied, without the frequencies that are not there.
  const coarser = octaves.map((k) =>
    filters.wavelets.map(({ spectrum }) => cropped(spectrum, filters, grids[k]!)),
  );
  const layers = grids.map(({ height, width }) => new Float64Array(height * width));
  const [finest] = grids as [(typeof grids)[number]];

  return Object.freeze({
    height,
    width,
    filters,
    transform<A extends FloatArray>(picture: Matrix<A>): Scattering2<A> {
      checkMatrix(picture, "picture");
      checkSize(picture, height, width);
      checkFinite(picture.data, "picture.data");
      const bandOf = (
        path: readonly ScatteringFilter[],
        data: Float64Array,
      ): ScatteringBand<A> => ({
        height: vertical.places,
        width: horizontal.places,
        data: ofKind(picture.data, data),
        scales: path.map(({ scale }) => scale),
        angles: path.map(({ angle }) => angle),
      });
      const x = padded(picture, vertical, horizontal);
      const second: ScatteringBand<A>[] = [];
      const bands = [bandOf([], average(x, 0))];
      const spectrum = order > 0 ? spectrumOf(x, finest) : undefined;
      for (const psi1 of spectrum ? filters.wavelets : []) {
        const octave1 = octaveAfter(psi1.scale);
        const [grid1, layer1] = [grids[octave1]!, layers[octave1]!];
        modulus(spectrum!, psi1.spectrum, finest, grid1, layer1);
        bands.push(bandOf([psi1], average(layer1, octave1)));
        if (order < 2 || psi1.scale === scales - 1) continue;
        const spectrum1 = spectrumOf(layer1, grid1);
        for (const [i, psi2] of filters.wavelets.entries()) {
          if (psi2.scale <= psi1.scale) continue;
          const octave2 = octaveAfter(psi2.scale);
          const layer2 = layers[octave2]!;
          modulus(spectrum1, coarser[octave1]![i]!, grid1, grids[octave2]!, layer2);
          second.push(bandOf([psi1, psi2], average(layer2, octave2)));
        }
      }
      return { bands: [...bands, ...second], height, width };
    },
  });
}

/** Where a picture lies on the padded grid along one axis, and where results are taken. */
interface Frame {
  readonly padded: number;
  /** For each sample of the padded grid the sample of the picture. */
  readonly sources: Int32Array;
  readonly places: number;
  readonly first: number;
}

/** Kymatio's padding: at least half of 2^J on either side, in all a multiple of it, of which the outermost are not kept. */
function framed(side: number, scales: number, mode: "reflect" | "periodic", name: string): Frame {
  const step = 2 ** scales;
  if (!Number.isInteger(side) || side < step)
    throw new RangeError(`with ${scales} scales the ${name} must be at least ${step}, not ${side}`);
  const places = Math.floor(side / step);
  if (mode === "periodic") {
    if (side % step !== 0)
      throw new RangeError(`mode periodic needs a ${name} that ${step} divides, not ${side}`);
    return {
      padded: side,
      sources: Int32Array.from({ length: side }, (_, i) => i),
      places,
      first: 0,
    };
  }
  const padded = (places + 2) * step;
  const before = Math.floor((padded - side) / 2);
  const sources = Int32Array.from({ length: padded }, (_, i) => {
    const place = i - before;
    return place >= 0 && place < side ? place : extensionRules.reflect(place, side)[0]![0];
  });
  return { padded, sources, places, first: step };
}

function padded({ data, width }: Matrix, vertical: Frame, horizontal: Frame): Float64Array {
  const values = new Float64Array(vertical.padded * horizontal.padded);
  let i = 0;
  for (const y of vertical.sources)
    for (const x of horizontal.sources) values[i++] = data[y * width + x]!;
  return values;
}

/** A spectrum with the lowest frequencies alone, as many as a coarser grid has. */
function cropped(
  spectrum: Float64Array,
  { height, width }: { readonly height: number; readonly width: number },
  grid: { readonly height: number; readonly width: number },
): Float64Array {
  if (grid.height === height) return spectrum;
  const rows = kept(
    Float64Array.from({ length: height }, (_, y) => y),
    grid.height,
  );
  const result = new Float64Array(grid.height * grid.width);
  for (const [y, row] of rows.entries()) {
    result.set(kept(spectrum.subarray(row * width, (row + 1) * width), grid.width), y * grid.width);
  }
  return result;
}
