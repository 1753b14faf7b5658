// Best basis: the wavelet packets that describe a rising tone of 16,384 samples with the least entropy.
// Run: node examples/18-best-basis-of-a-chirp.ts
import { type BestBasis, bestBasis, shannonEntropy, waveletPacket } from "ondelette/wavelets";

/** The best basis of six levels of db4. */
export function basisOf(signal: Float64Array): BestBasis {
  const packet = waveletPacket(signal, "db4", { levels: 6, mode: "periodization" });
  return bestBasis(packet, shannonEntropy);
}

// A tone that rises slowly, and three clicks.
const length = 16_384;
const signal = Float64Array.from({ length }, (_, i) => {
  const click = i % 5000 === 2500 ? 20 : 0;
  return Math.sin(0.4 * i + 0.000002 * i * i) + click;
});
const size = Math.sqrt(signal.reduce((sum, x) => sum + x * x, 0));
const { paths, cost } = basisOf(signal.map((x) => x / size)); // the entropy is that of a unit vector
console.log(`entropy ${shannonEntropy(signal.map((x) => x / size)).toFixed(2)} of the samples`);
console.log(`entropy ${cost.toFixed(2)} of the best basis: ${paths.join(" ")}`);
