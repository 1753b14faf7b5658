import {
  type SampledFunction,
  type WaveletName,
  waveletFunctions,
} from "../../src/wavelets/index.ts";

const [width, height] = [1000, 200];

/** A wavelet and its scaling function as a picture, computed by the library. */
export function scalingFunction(name: WaveletName): string {
  const { phi, psi } = waveletFunctions(name, 6);
  const places = [...phi.x, ...psi.x];
  const values = [...phi.y, ...psi.y];
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const path = ({ x, y }: SampledFunction) =>
    `M${Array.from(y, (value, i) => {
      const across = ((x[i]! - first) / (last - first)) * width; // one place a value
      const down = 8 + ((high - value) / (high - low)) * (height - 16);
      return `${across.toFixed(1)} ${down.toFixed(1)}`;
    }).join("L")}`;
  return `<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="The wavelet ${name} and its scaling function"><path class="scaling" d="${path(phi)}"/><path class="wavelet" d="${path(psi)}"/></svg>`;
}
