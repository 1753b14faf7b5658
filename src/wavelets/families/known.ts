import { biorthogonal, biorthogonalZeros } from "./constructions/biorthogonal.ts";
import { coiflet } from "./constructions/coiflets.ts";
import { daubechies } from "./constructions/daubechies.ts";
import type { LowPassPair } from "./constructions/lowPassPair.ts";
import { discreteMeyer } from "./constructions/meyer.ts";
import {
  type BiorthogonalOrder,
  biorthogonalOrders,
  coifletOrders,
  daubechiesOrders,
  symletOrders,
} from "./constructions/orders.ts";
import { symlet } from "./constructions/symlets.ts";
import { type DiscreteWavelet, fromLowPass } from "./discreteWavelet.ts";
import type { WaveletName } from "./names.ts";

/** The construction of every named wavelet. */
const recipes: ReadonlyMap<WaveletName, () => DiscreteWavelet> = new Map([
  recipe("haar", (name) => ofDaubechies(name, "Haar", 1)),
  ...daubechiesOrders.map((n) => recipe(`db${n}`, (name) => ofDaubechies(name, "Daubechies", n))),
  ...symletOrders.map((n) =>
    recipe(`sym${n}`, (name) => orthogonal(name, "Symlets", symlet(n), n, "near symmetric")),
  ),
  ...coifletOrders.map((n) =>
    recipe(`coif${n}`, (name) => orthogonal(name, "Coiflets", coiflet(n), 2 * n, "near symmetric")),
  ),
  ...biorthogonalOrders.map((order) => recipe(`bior${order}`, (name) => ofSplines(name, order))),
  ...biorthogonalOrders.map((order) => recipe(`rbio${order}`, (name) => reversed(name, order))),
  recipe("dmey", (name) => ofMeyer(name)),
]);

/** A cache: long filters take tens of milliseconds. */
const made = new Map<WaveletName, DiscreteWavelet>();

/** The wavelet of a name, the same object on every call. */
export function knownWavelet(name: WaveletName): DiscreteWavelet {
  const kept = made.get(name);
  if (kept) return kept;
  const fresh = recipes.get(name)!(); // the table has every name; a test checks that
  made.set(name, fresh);
  return fresh;
}

function recipe<N extends WaveletName>(
  name: N,
  make: (name: N) => DiscreteWavelet,
): [WaveletName, () => DiscreteWavelet] {
  return [name, () => make(name)];
}

function orthogonal(
  name: string,
  family: string,
  decLo: readonly number[],
  vanishingMoments: number,
  symmetry: DiscreteWavelet["symmetry"],
): DiscreteWavelet {
  return fromLowPass(
    name,
    { decLo, recLo: decLo.toReversed() },
    {
      family,
      orthogonal: true,
      biorthogonal: true,
      vanishingMoments,
      dualVanishingMoments: vanishingMoments,
      symmetry,
    },
  );
}

function ofDaubechies(name: string, family: string, n: number): DiscreteWavelet {
  return orthogonal(name, family, daubechies(n), n, n === 1 ? "antisymmetric" : "asymmetric");
}

/**
 * Cohen, Daubechies and Feauveau's 9/7, the lossy filter of JPEG 2000, from the usual table with about 12 correct digits.
 * Stored token streams depend on these digits, so they must not change.
 */
const cdf97: LowPassPair = {
  decLo: [
    ...[0, 0.03782845550726404, -0.023849465019556843, -0.11062440441843718, 0.37740285561283066],
    ...[0.8526986790088938, 0.37740285561283066, -0.11062440441843718, -0.023849465019556843],
    0.03782845550726404,
  ],
  recLo: [
    ...[0, -0.06453888262869706, -0.04068941760916406, 0.41809227322161724, 0.7884856164055829],
    ...[0.41809227322161724, -0.04068941760916406, -0.06453888262869706, 0, 0],
  ],
};

function ofSplines(name: string, order: BiorthogonalOrder): DiscreteWavelet {
  const pair = order === "4.4" ? cdf97 : biorthogonal(order);
  const [synthesis, analysis] = biorthogonalZeros(order);
  const haar = order === "1.1";
  return fromLowPass(name, pair, {
    family: "Biorthogonal",
    orthogonal: haar,
    biorthogonal: true,
    vanishingMoments: synthesis,
    dualVanishingMoments: analysis,
    symmetry: synthesis % 2 === 0 ? "symmetric" : "antisymmetric",
  });
}

/** Analysis and synthesis exchanged and all filters reversed, as in PyWavelets. */
function reversed(name: string, order: BiorthogonalOrder): DiscreteWavelet {
  const straight = knownWavelet(`bior${order}`);
  return fromLowPass(
    name,
    { decLo: straight.recLo.toReversed(), recLo: straight.decLo.toReversed() },
    {
      family: "Reverse biorthogonal",
      orthogonal: straight.orthogonal,
      biorthogonal: true,
      vanishingMoments: straight.dualVanishingMoments,
      dualVanishingMoments: straight.vanishingMoments,
      symmetry: straight.symmetry,
    },
  );
}

function ofMeyer(name: string): DiscreteWavelet {
  const decLo = discreteMeyer();
  return fromLowPass(
    name,
    { decLo, recLo: decLo.toReversed() },
    {
      family: "Discrete Meyer (FIR Approximation)",
      orthogonal: false,
      biorthogonal: false,
      vanishingMoments: 0,
      dualVanishingMoments: 0,
      symmetry: "symmetric",
    },
  );
}
