/** A family of wavelets. */
export interface WaveletFamily {
  /** The letters of its wavelets' names. */
  readonly short: string;
  readonly name: string;
  readonly kind: "discrete" | "continuous";
}

const family = (short: string, name: string, kind: WaveletFamily["kind"]): WaveletFamily =>
  Object.freeze({ short, name, kind });

/**
 * PyWavelets' families, by short and long name: `families`. This library has more continuous ones, all of them in
 * `continuousWaveletNames`.
 */
export function waveletFamilies(): readonly WaveletFamily[] {
  return [
    family("haar", "Haar", "discrete"),
    family("db", "Daubechies", "discrete"),
    family("sym", "Symlets", "discrete"),
    family("coif", "Coiflets", "discrete"),
    family("bior", "Biorthogonal", "discrete"),
    family("rbio", "Reverse biorthogonal", "discrete"),
    family("dmey", "Discrete Meyer (FIR Approximation)", "discrete"),
    family("gaus", "Gaussian", "continuous"),
    family("mexh", "Mexican hat wavelet", "continuous"),
    family("morl", "Morlet wavelet", "continuous"),
    family("cgau", "Complex Gaussian wavelets", "continuous"),
    family("shan", "Shannon wavelets", "continuous"),
    family("fbsp", "Frequency B-Spline wavelets", "continuous"),
    family("cmor", "Complex Morlet wavelets", "continuous"),
  ];
}
