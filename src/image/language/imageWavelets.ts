/** Wavelets of the image language; each has a number in the compressed file (container.ts). */
export const imageWavelets = ["haar", "bior2.2", "bior4.4"] as const;

/** A wavelet of the image language. */
export type ImageWavelet = (typeof imageWavelets)[number];

/** Whether `name` is one of {@link imageWavelets}. */
export function isImageWavelet(name: string): name is ImageWavelet {
  return (imageWavelets as readonly string[]).includes(name);
}
