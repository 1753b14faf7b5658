import type { Mode } from "../extension/mode.ts";
import type { Wavelet } from "../filterBank/wavelet.ts";

/** What a line is transformed by. */
export interface Along {
  readonly wavelet: Wavelet;
  readonly mode: Mode;
}
