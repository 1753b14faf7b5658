import type { FloatArray } from "../arrays/floatArray.ts";
import type { NdArray } from "../arrays/ndArray.ts";
import type { WaveletLike } from "../families/wavelet.ts";
import type { PyramidAxis } from "./pyramid.ts";
import {
  type Bands,
  type DwtnOptions,
  type PerAxis,
  type Wavedecn,
  wavedecn,
  wavedecnAdjoint,
  waverecn,
  waverecnAdjoint,
} from "./wavedecn.ts";

/** One level of an array's transform along some axes, with all that reconstruction needs. */
export interface Dwtn<A extends FloatArray = FloatArray> {
  /** All 2^axes of them, by keys such as `ad`. */
  readonly bands: Bands<A>;
  /** Shape of the array that was transformed. */
  readonly shape: readonly number[];
  readonly axes: readonly PyramidAxis[];
}

/** One level of the separable transform along some axes; see `wavedecn`. */
export function dwtn<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  { out, ...options }: DwtnOptions & { readonly out?: Dwtn<A> } = {},
): Dwtn<A> {
  return oneLevel(
    wavedecn(array, wavelet, { ...options, levels: 1, ...(out && { out: nested(out) }) }),
  );
}

/** The array that {@link dwtn} came from, with exactly its shape; written into `out` where it is given. */
export function idwtn<A extends FloatArray>(bands: Dwtn<A>, out?: A): NdArray<A> {
  return waverecn(nested(bands), out);
}

/** The transpose of {@link dwtn}. */
export function dwtnAdjoint<A extends FloatArray>(bands: Dwtn<A>, out?: A): NdArray<A> {
  return wavedecnAdjoint(nested(bands), out);
}

/** The transpose of {@link idwtn}. */
export function idwtnAdjoint<A extends FloatArray>(
  array: NdArray<A>,
  wavelet: PerAxis<WaveletLike>,
  { out, ...options }: DwtnOptions & { readonly out?: Dwtn<A> } = {},
): Dwtn<A> {
  return oneLevel(
    waverecnAdjoint(array, wavelet, { ...options, levels: 1, ...(out && { out: nested(out) }) }),
  );
}

const lowest = (axes: readonly PyramidAxis[]): string => "a".repeat(axes.length);

function oneLevel<A extends FloatArray>({
  approximation,
  details,
  shape,
  axes,
}: Wavedecn<A>): Dwtn<A> {
  return { bands: { [lowest(axes)]: approximation, ...details[0] }, shape, axes };
}

function nested<A extends FloatArray>({ bands, shape, axes }: Dwtn<A>): Wavedecn<A> {
  const { [lowest(axes)]: approximation, ...details } = bands;
  if (!approximation) throw new RangeError(`the band ${lowest(axes)} is missing`);
  return { approximation, details: [details], shape, axes };
}
