// Wavelet packets: finds the basis in which a signal needs the fewest coefficients, and compares it with the wavelet basis.
// Run: node examples/09-best-basis-packets.ts
import {
  bestBasis,
  inverseWaveletPacket,
  onBasis,
  packetNode,
  shannonEntropy,
  waveletPacket,
} from "ondelette/wavelets";

// Two steady tones, one low and one high, and a knock.
const signal = Float64Array.from({ length: 1024 }, (_, n) => {
  const tones = Math.sin(0.21 * n) + 0.7 * Math.sin(2.3 * n);
  return tones + 4 * Math.exp(-(((n - 700) / 3) ** 2));
});
const packet = waveletPacket(signal, "sym8", { levels: 6, mode: "periodization" });

/** The signal from its `count` largest coefficients in a basis, all others set to zero. */
function fromLargest(basis: readonly string[], count: number): Float64Array {
  const all = basis.flatMap((path) => [...packetNode(packet, path)]);
  const least = all.map(Math.abs).toSorted((a, b) => b - a)[count - 1];
  const { nodes, ...rest } = onBasis(packet, basis);
  const kept = [...nodes].map(
    ([path, node]) => [path, node.map((x) => (Math.abs(x) < least ? 0 : x))] as const,
  );
  return inverseWaveletPacket({ ...rest, nodes: new Map(kept) }, basis);
}

const best = bestBasis(packet, shannonEntropy);
const bases: Record<string, readonly string[]> = {
  "wavelet basis": ["aaaaaa", "aaaaad", "aaaad", "aaad", "aad", "ad", "d"],
  "best basis": best.paths,
};
for (const [name, basis] of Object.entries(bases)) {
  for (const count of [16, 32, 64]) {
    const error = fromLargest(basis, count).reduce((sum, x, i) => sum + (x - signal[i]) ** 2, 0);
    const energy = signal.reduce((sum, x) => sum + x ** 2, 0);
    console.log(
      `${name}: ${count} of 1024 coefficients hold ${(100 * (1 - error / energy)).toFixed(2)} % of the energy`,
    );
  }
}
console.log(`the best basis has ${best.paths.length} nodes: ${best.paths.join(" ")}`);
