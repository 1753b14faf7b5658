/** Mean PSNR that others have published for a codec. */
export interface Published {
  readonly name: string;
  /** By bits per pixel. */
  readonly psnr: readonly (readonly [bpp: number, dB: number])[];
}

/** Of RGB over all 24 Kodak pictures: from the tables of CompressAI, interpolated to these rates. */
export const published: readonly Published[] = [
  { name: "BPG", psnr: rates(30.3, 33.3, 37.2) },
  { name: "Minnen et al. 2018, learned", psnr: rates(30.8, 33.8, 37.8) },
];

function rates(quarter: number, half: number, one: number): Published["psnr"] {
  return [
    [0.25, quarter],
    [0.5, half],
    [1, one],
  ];
}
