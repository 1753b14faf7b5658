import { type FloatArray, zerosLike } from "../arrays/floatArray.ts";
import type { Matrix } from "../arrays/matrix.ts";

/**
 * The weights of n opponent planes, `[plane][channel]`: an orthonormal cosine transform over the channels, so that white noise
 * keeps its strength. For red, green and blue the first is their sum / √3, the lightness, the others are the differences
 * (R − B) / √2 and (R − 2 G + B) / √6. Channels of a picture are alike; opponent planes are nearly uncorrelated, and most of
 * the picture is in the first.
 */
export function opponentWeights(channels: number): number[][] {
  return Array.from({ length: channels }, (_, k) =>
    Array.from(
      { length: channels },
      (_, c) =>
        Math.sqrt((k === 0 ? 1 : 2) / channels) *
        Math.cos((Math.PI * k * (2 * c + 1)) / (2 * channels)),
    ),
  );
}

/** The opponent planes of channels of one size. */
export function toOpponents<A extends FloatArray>(channels: readonly Matrix<A>[]): Matrix<A>[] {
  return opponentWeights(channels.length).map((weights) => mixed(channels, weights));
}

/** The channels of opponent planes: the inverse of {@link toOpponents}. */
export function fromOpponents<A extends FloatArray>(planes: readonly Matrix<A>[]): Matrix<A>[] {
  const weights = opponentWeights(planes.length);
  return planes.map((_, c) =>
    mixed(
      planes,
      weights.map((row) => row[c]!),
    ),
  );
}

function mixed<A extends FloatArray>(
  matrices: readonly Matrix<A>[],
  weights: readonly number[],
): Matrix<A> {
  const { height, width, data: like } = matrices[0]!; // one or more
  const data = zerosLike(like, like.length);
  for (const [k, { data: given }] of matrices.entries()) {
    const weight = weights[k]!;
    for (let i = 0; i < data.length; i++) data[i]! += weight * given[i]!;
  }
  return { height, width, data };
}
