import { describe, expect, test } from "vitest";
import {
  filterBank,
  inverseFilterBank,
  orthogonalWavelet,
  reconstructionError,
} from "./customBank.ts";
import { wavelet } from "./wavelet.ts";

const { decLo, decHi, recLo, recHi } = wavelet("bior2.4");
const bank = { name: "mine", decLo, decHi, recLo, recHi };

describe("a custom filter bank", () => {
  test("has the properties of its filters", () => {
    const mine = filterBank(bank);
    expect(mine).toMatchObject({
      ...bank,
      family: "custom",
      orthogonal: false,
      biorthogonal: true,
    });
    expect(mine).toMatchObject({ vanishingMoments: 2, dualVanishingMoments: 4, supportWidth: 5 });
    expect(mine.symmetry).toBe("symmetric");
    expect(filterBank({ ...wavelet("bior3.3"), name: "odd" }).symmetry).toBe("antisymmetric");
  });

  test("does not share arrays with its input", () => {
    const own = { ...bank, decLo: [...decLo] };
    const mine = filterBank(own);
    own.decLo[0] = 7;
    expect(mine.decLo).toEqual(decLo);
    expect(Object.isFrozen(own.decLo)).toBe(false);
  });

  test("must reconstruct, unless the tolerance is infinite", () => {
    const wrong = { ...bank, recHi: recHi.map((tap) => -tap) };
    expect(() => filterBank(wrong)).toThrow(RangeError);
    expect(() => filterBank(wrong)).toThrow(
      /"mine" do not reconstruct: the error of a sample is up to 1\.\d+/,
    );
    expect(filterBank(wrong, { tolerance: Number.POSITIVE_INFINITY }).biorthogonal).toBe(false);
  });

  test("needs finite filters of the same even length", () => {
    expect(() => filterBank({ ...bank, recLo: [1, 1] })).toThrow(
      'of "mine" must have the same even length, not decLo 10, decHi 10, recLo 2, recHi 10',
    );
    const odd = { decLo: [1, 2, 1], decHi: [1, 2, 1], recLo: [1, 2, 1], recHi: [1, 2, 1] };
    expect(() => filterBank({ name: "three", ...odd })).toThrow("same even length, not decLo 3");
    const empty = { decLo: [], decHi: [], recLo: [], recHi: [] };
    expect(() => filterBank({ name: "none", ...empty })).toThrow("same even length");
    expect(() => filterBank({ ...bank, decHi: decHi.with(3, Number.NaN) })).toThrow(
      'tap 3 of decHi of "mine" is NaN',
    );
  });
});

describe("an orthogonal wavelet from a scaling filter", () => {
  test("is db2 if the filter is, whatever its scale", () => {
    const [a, b] = [1 + Math.sqrt(3), 3 + Math.sqrt(3)];
    const mine = orthogonalWavelet("mine", [a, b, 6 - b, 2 - a]);
    for (const filter of ["decLo", "decHi", "recLo", "recHi"] as const)
      mine[filter].forEach((tap, i) => {
        expect(tap).toBeCloseTo(wavelet("db2")[filter][i]!, 15);
      });
    expect(mine).toMatchObject({ name: "mine", orthogonal: true, vanishingMoments: 2 });
  });

  test("must be orthogonal to its even shifts", () => {
    expect(() => orthogonalWavelet("mine", [1, 2, 3, 4])).toThrow("do not reconstruct");
    expect(() => orthogonalWavelet("mine", [1, -1])).toThrow("sum of a scaling filter");
    expect(() => orthogonalWavelet("mine", [1, 1, 1])).toThrow("same even length");
  });
});

describe("the inverse filter bank", () => {
  test("of a biorthogonal wavelet is the reverse one, and its own inverse", () => {
    const turned = inverseFilterBank(wavelet("bior2.4"));
    expect(turned.decLo).toEqual(wavelet("rbio2.4").decLo);
    expect(turned.recLo).toEqual(wavelet("rbio2.4").recLo);
    expect(inverseFilterBank(turned).decHi).toEqual(decHi);
    expect(reconstructionError(turned)).toBeLessThan(1e-15);
  });

  test("of an orthogonal wavelet is itself", () => {
    const { name: _, ...filters } = bankOf("db3");
    expect(inverseFilterBank(wavelet("db3"))).toMatchObject(filters);
  });
});

function bankOf(name: "db3") {
  const { decLo, decHi, recLo, recHi } = wavelet(name);
  return { name, decLo, decHi, recLo, recHi };
}

test("the error of reconstruction is that of the worst sample", () => {
  const haar = { name: "weak", ...half(0.9) };
  expect(reconstructionError(haar)).toBeCloseTo(0.1, 12);
  expect(reconstructionError({ name: "haar", ...half(1) })).toBeLessThan(1e-15);
});

/** Haar with a synthesis that is too weak. */
function half(factor: number) {
  const h = Math.SQRT1_2;
  return {
    decLo: [h, h],
    decHi: [-h, h],
    recLo: [h * factor, h * factor],
    recHi: [h * factor, -h * factor],
  };
}
