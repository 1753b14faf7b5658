import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { distance } from "../testing.ts";
import { filterBank, reconstructionError } from "./customBank.ts";
import { isWaveletName, wavelet, waveletAliases, waveletNames } from "./wavelet.ts";

interface Summary {
  readonly length: number;
  readonly first: readonly number[];
  readonly middle: readonly number[];
  readonly last: readonly number[];
  readonly sums: readonly number[];
}
type FilterName = "dec_lo" | "dec_hi" | "rec_lo" | "rec_hi";
type Frozen = Readonly<Partial<Record<FilterName, readonly number[] | Summary>>>;

const frozen: Readonly<Record<string, Frozen>> = JSON.parse(
  readFileSync(new URL("../fixtures/families.json", import.meta.url), "utf8"),
);

const ours = { dec_lo: "decLo", dec_hi: "decHi", rec_lo: "recLo", rec_hi: "recHi" } as const;

/** As scripts/fixtures/filters.py makes it. */
function summary(taps: readonly number[]): Summary {
  const n = taps.length;
  const weights = [
    (i: number) => (((37 * i * i + 11 * i) % 101) - 50) / 16,
    (i: number) => 2 ** -i,
    (i: number) => 2 ** -(n - 1 - i),
  ];
  return {
    length: n,
    first: taps.slice(0, 4),
    middle: taps.slice(n / 2 - 2, n / 2 + 2),
    last: taps.slice(-4),
    sums: weights.map((weight) => taps.reduce((sum, tap, i) => sum + weight(i) * tap, 0)),
  };
}

/** The largest relative difference between two lists. */
function relative(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const differences = a.map((x, i) => (x === b[i] ? 0 : Math.abs(x - b[i]!) / Math.abs(b[i]!)));
  return Math.max(...differences);
}

/**
 * How far PyWavelets 1.1.1 is from ours where its tables have fewer digits than float64; the second figure is what its
 * filters lack in orthogonality, which ours lack by no more than 10⁻¹⁵.
 */
const inexactTables: Readonly<Record<string, readonly [difference: number, lack: number]>> = {
  sym2: [3.5e-13, 5.7e-13],
  sym3: [3.7e-12, 4.8e-12],
  sym4: [7.9e-13, 4.9e-13],
  sym5: [1.7e-12, 1.7e-13],
  sym6: [1.6e-12, 7.7e-13],
  sym7: [1.8e-12, 7.1e-13],
  sym8: [9.1e-13, 1.7e-13],
  sym9: [2.3e-15, 1.6e-15],
  sym10: [1.3e-14, 2.2e-14],
  sym11: [1.3e-14, 2.5e-14],
  sym12: [2.9e-14, 4.4e-14],
  sym13: [9e-14, 8.8e-14],
  sym14: [1.5e-13, 2.5e-13],
  sym15: [1.6e-13, 4e-13],
  sym16: [8.3e-13, 1.8e-12],
  sym17: [6.2e-13, 1.2e-12],
  sym18: [3.6e-12, 4.3e-12],
  sym19: [1.4e-12, 2.3e-12],
  sym20: [1.6e-11, 1.4e-11],
  "bior5.5": [6.9e-13, 9.7e-13],
  "bior6.8": [1.2e-13, 1.8e-13],
  "rbio5.5": [6.9e-13, 9.7e-13],
  "rbio6.8": [1.2e-13, 1.8e-13],
};

/** Those whose filters are tables; `dmey` is no exact wavelet. */
const tabulated: Readonly<Record<string, number>> = {
  "bior4.4": 1e-12,
  "rbio4.4": 1e-12,
  dmey: 3e-3,
};

test("the names are PyWavelets' 106", () => {
  expect(waveletNames.toSorted()).toEqual(Object.keys(frozen).toSorted());
});

describe.each(waveletNames)("%s", (name) => {
  const w = wavelet(name);
  const lack = tabulated[name] ?? 1e-15;

  const inexact = inexactTables[name];
  if (inexact) {
    test("is PyWavelets' as far as that goes, and more exact", () => {
      const [difference, theirLack] = inexact;
      const decLo = frozen[name]!.dec_lo as readonly number[];
      const recLo = (frozen[name]!.rec_lo as readonly number[]) ?? decLo.toReversed();
      const found = Math.max(distance(decLo, w.decLo), distance(recLo, w.recLo));
      expect(found).toBeLessThan(difference);
      expect(found).toBeGreaterThan(0.9 * difference);
      expect(biorthogonality(decLo, recLo)).toBeLessThan(1.05 * theirLack);
      expect(biorthogonality(decLo, recLo)).toBeGreaterThan(0.9 * theirLack);
    });
  } else {
    test("is PyWavelets' to the last digit but one", () => {
      for (const [filter, theirs] of Object.entries(frozen[name]!)) {
        const taps = w[ours[filter as FilterName]];
        if (Array.isArray(theirs)) expect(relative(taps, theirs)).toBeLessThan(4e-16);
        else {
          const { length, sums, ...pieces } = theirs as Summary;
          const own = summary(taps);
          expect(own.length).toBe(length);
          for (const [piece, values] of Object.entries(pieces))
            expect(relative(own[piece as keyof typeof pieces], values)).toBeLessThan(4e-16);
          expect(distance(own.sums, sums)).toBeLessThan(1e-14);
        }
      }
    });
  }

  test("the low-pass filters sum to √2", () => {
    const sum = (taps: readonly number[]) => taps.reduce((a, b) => a + b, 0);
    expect(Math.abs(sum(w.decLo) - Math.SQRT2)).toBeLessThan(1e-15);
    expect(Math.abs(sum(w.recLo) - Math.SQRT2)).toBeLessThan(1e-15);
  });

  test("even shifts are biorthogonal, and a signal comes back", () => {
    expect(biorthogonality(w.decLo, w.recLo)).toBeLessThan(lack);
    expect(reconstructionError(w)).toBeLessThan(lack);
  });

  test("its properties are those that its filters have", () => {
    const measured = filterBank(w, { tolerance: Number.POSITIVE_INFINITY });
    expect(measured.orthogonal).toBe(w.orthogonal);
    expect(measured.biorthogonal).toBe(w.biorthogonal);
    expect(measured.vanishingMoments).toBe(w.vanishingMoments);
    expect(measured.dualVanishingMoments).toBe(w.dualVanishingMoments);
    expect(measured.supportWidth).toBe(w.supportWidth);
    if (w.symmetry !== "near symmetric") expect(measured.symmetry).toBe(w.symmetry);
  });

  test("it is frozen, and the same object on every call", () => {
    expect(wavelet(name)).toBe(w);
    for (const value of [w, w.decLo, w.decHi, w.recLo, w.recHi])
      expect(Object.isFrozen(value)).toBe(true);
  });
});

/** What ⟨recLo, decLo turned around and shifted by 2k⟩ lacks of 1 at k = 0 and of 0 elsewhere. */
function biorthogonality(decLo: readonly number[], recLo: readonly number[]): number {
  const dual = decLo.toReversed();
  let most = 0;
  for (let shift = 2 - (dual.length % 2) - dual.length; shift < dual.length; shift += 2) {
    const product = recLo.reduce((sum, tap, n) => sum + tap * (dual[n - shift] ?? 0), 0);
    most = Math.max(most, Math.abs(product - (shift === 0 ? 1 : 0)));
  }
  return most;
}

test("coiflets of order K have a scaling function with 2K − 1 vanishing moments around tap 2K of recLo", () => {
  for (const [order, name] of (["coif1", "coif2", "coif3", "coif4", "coif5"] as const).entries()) {
    const { recLo } = wavelet(name);
    const [origin, moments] = [2 * (order + 1), 2 * (order + 1) - 1];
    for (let k = 1; k <= moments; k++) {
      const terms = recLo.map((tap, n) => tap * ((n - origin) / recLo.length) ** k);
      expect(Math.abs(terms.reduce((a, b) => a + b, 0))).toBeLessThan(1e-15);
    }
  }
});

test("the digits of bior4.4, on which token streams depend, do not change", () => {
  expect(wavelet("haar").recLo).toEqual([Math.SQRT1_2, Math.SQRT1_2]);
  expect(wavelet("bior2.2").decLo.slice(1, 4)).toEqual([
    -0.1767766952966369, 0.3535533905932738, 1.0606601717798212,
  ]);
  expect(wavelet("bior4.4").decLo[5]).toBe(0.8526986790088938);
});

test("aliases are accepted", () => {
  expect(wavelet("cdf9/7")).toBe(wavelet("bior4.4"));
  expect(wavelet("cdf5/3")).toBe(wavelet("bior2.2"));
  expect(wavelet("legall5/3")).toBe(wavelet("bior2.2"));
  expect(Object.values(waveletAliases).every(isWaveletName)).toBe(true);
});

test("haar and db1 are two names of the same filters", () => {
  expect(wavelet("haar").decLo).toEqual(wavelet("db1").decLo);
  expect([wavelet("haar").name, wavelet("db1").name]).toEqual(["haar", "db1"]);
});

test("a wavelet prints its properties", () => {
  expect(`${wavelet("bior2.4")}`).toBe(
    "bior2.4: Biorthogonal, biorthogonal, symmetric, vanishing moments 2 (dual 4), support width 5, filters of 10",
  );
  const card = inspect(wavelet("db2"));
  expect(card).toMatch(/^Wavelet db2 \(Daubechies\)\n/);
  expect(card).toContain("recLo  [0.482963, 0.836516, 0.224144, -0.12941]");
  expect(Object.keys(wavelet("db2"))).not.toContain("toString");
});

describe("an unknown name", () => {
  const unknown = (name: string) => () => wavelet(name as "haar");
  test("is refused with similar names", () => {
    expect(unknown("db39")).toThrow(RangeError);
    expect(unknown("db39")).toThrow('"db39" is not a wavelet; did you mean db38, ');
    expect(unknown("Haar")).toThrow("did you mean haar?");
    expect(unknown("bior 4.5")).toThrow("did you mean bior4.4, ");
  });
  test("or with all names, if none is similar", () => {
    expect(unknown("shannon")).toThrow('"shannon" is not a wavelet; choose from haar, db1 …');
    expect(unknown("toString")).toThrow(RangeError);
  });
});

test("only names of the table are names", () => {
  expect(isWaveletName("bior4.4")).toBe(true);
  expect(isWaveletName("cdf9/7")).toBe(false);
  expect(isWaveletName("toString")).toBe(false);
});
