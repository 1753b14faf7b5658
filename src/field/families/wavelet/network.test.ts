import { describe, expect, test } from "vitest";
import { evaluate, relativeError, someNumbers } from "../../../../test/evaluate.ts";
import { constant, input, type Tensor } from "../../../graph/index.ts";
import { type Complex, cAdd, cMul, squaredModulus } from "../../../nn/layers/complex.ts";
import { bind, layoutOf, type Scope } from "../../../nn/parameters.ts";
import { createFft } from "../../../wavelets/index.ts";
import { cauchy } from "./cauchy.ts";
import { gabor } from "./gabor.ts";
import { complexMeyer, meyerSpectrum } from "./meyer.ts";
import { type NetworkOptions, waveletFeatures } from "./network.ts";

const sizeOf = (dimensions: number, width: number) => ({ dimensions, channels: 1, width });
const options = (more: Partial<NetworkOptions> = {}): NetworkOptions => ({
  ...{ template: gabor({ omega: 4, sigma: 1 }), shape: "anisotropic", mixings: 1, ...more },
});

/** A network in float64 at points, with the parameters that `arenaOf` makes of their number. */
async function complexValues(
  network: (p: Scope, points: Tensor) => Complex,
  points: readonly number[],
  dimensions: number,
  arenaOf: (name: string, count: number) => readonly number[],
): Promise<Complex64> {
  const layout = layoutOf((p) => network(p, input("points", [1, dimensions])));
  const arena = layout.parameters.flatMap(({ name, offset }, i) =>
    arenaOf(name, (layout.parameters[i + 1]?.offset ?? layout.size) - offset),
  );
  const x = input("points", [points.length / dimensions, dimensions], "float64");
  const { scope } = bind(layout, input("arena", [layout.size], "float64"));
  const { re, im } = network(scope, x);
  return evaluate({ re, im }, { points, arena });
}
type Complex64 = { readonly re: number[]; readonly im: number[] };

const seeded = (name: string, count: number) => someNumbers(count, -0.5, 0.5, 1 + name.length);

test("a network of one layer of products is its expansion: atoms and products of two", async () => {
  const units = 4;
  const network = (p: Scope, points: Tensor) =>
    waveletFeatures(p, points, sizeOf(2, units), options());
  const points = someNumbers(12, -0.3, 0.3);
  const parameters = new Map<string, readonly number[]>();
  const remembered = (name: string, count: number) => {
    const values = seeded(name, count);
    parameters.set(name, values);
    return values;
  };
  const actual = await complexValues(network, points, 2, remembered);
  const atoms = await complexValues(
    (p, x) => waveletFeatures(p, x, sizeOf(2, units), options({ mixings: 0 })),
    ...([points, 2, seeded] as const),
  );
  const [re, im, alpha] = ["weight.re", "weight.im", "alpha"].map(
    (name) => parameters.get(`mixing0.${name}`)!, // asked for above
  );
  const times = ([a, b]: readonly number[], [c, d]: readonly number[]) => [
    a! * c! - b! * d!, // pairs
    a! * d! + b! * c!, // pairs
  ];
  const expected = points.flatMap((_, point) => {
    if (point >= 6) return [];
    return [0, 1].map((unit) => {
      const weight = (t: number) => [re![2 * t + unit]!, im![2 * t + unit]!]; // two units of four atoms
      const atom = (t: number) => [atoms.re[units * point + t]!, atoms.im[units * point + t]!];
      let sum = [0, 0];
      for (let s = 0; s < units; s++) {
        const term = times(weight(s), atom(s));
        sum = sum.map((x, i) => x + term[i]!); // pairs
        for (let t = 0; t < units; t++) {
          const product = times(term, times(weight(t), atom(t)));
          sum = sum.map((x, i) => x + alpha![0]! * product[i]!); // one α
        }
      }
      return sum;
    });
  });
  expect(
    relativeError(
      actual.re,
      expected.map(([x]) => x!),
    ),
  ).toBeLessThan(1e-12); // pairs
  expect(
    relativeError(
      actual.im,
      expected.map(([, y]) => y!),
    ),
  ).toBeLessThan(1e-12); // pairs
});

test("a network sees only atoms nearby: one that lies six widths away makes no difference", async () => {
  const network = (p: Scope, points: Tensor) =>
    waveletFeatures(p, points, sizeOf(2, 2), options({ mixings: 2 }));
  const at = (far: number) =>
    complexValues(network, [0, 0, 0.02, -0.01], 2, (name, count) => {
      if (name === "atoms.center") return [0, far / 0.3, 0, far / 0.3];
      if (name === "atoms.matrix") return [1, 1, 0, 0, 0, 0, 1, 1]; // ten times the identity, twice
      return seeded(name, count);
    });
  // An envelope exp(-‖10 r‖²) has the width 1 / (10 √2).
  const [near, farther] = [await at(6 / 10), await at(9 / 10)];
  expect(relativeError(near.re, farther.re)).toBeLessThan(1e-6);
  expect(relativeError((await at(0.1)).re, farther.re)).toBeGreaterThan(1e-3);
});

/** The discrete Fourier transform. */
function fourier(values: { readonly re: ArrayLike<number>; readonly im: ArrayLike<number> }) {
  const [re, im] = [Float64Array.from(values.re), Float64Array.from(values.im)];
  createFft(re.length).forward(re, im);
  return { re, im };
}

/** The share of a signal's energy at negative frequencies. */
function negativeEnergy(values: Complex64): number {
  const { re, im } = fourier(values);
  let [negative, all] = [0, 0];
  for (let k = 0; k < re.length; k++) {
    const energy = re[k]! ** 2 + im[k]! ** 2;
    all += energy;
    if (k > re.length / 2) negative += energy;
  }
  return negative / all;
}

/** What the first unit says. */
const firstUnit = ({ re, im }: Complex): Complex => ({
  re: re.slice(1, 0, 1),
  im: im.slice(1, 0, 1),
});

/** Cauchy atoms near the middle of a long line, so that their tails are low at its ends. */
const lineOf = (network: (p: Scope, points: Tensor) => Complex) =>
  complexValues(
    network,
    Array.from({ length: 4096 }, (_, i) => (i - 2048) / 2048),
    1,
    (name, count) => {
      if (name === "atoms.center") return someNumbers(count, -0.3, 0.3, 7);
      if (name === "atoms.matrix") return someNumbers(count, 8, 15, 3);
      return seeded(name, count);
    },
  );
const cauchyNetwork =
  (last: (z: Complex) => Complex = (z) => z) =>
  (p: Scope, points: Tensor) => {
    const network = options({ template: cauchy(4), mixings: 2 });
    return last(firstUnit(waveletFeatures(p, points, sizeOf(1, 6), network)));
  };

describe("progressive atoms make a progressive network", () => {
  test("in one dimension: no energy at negative frequencies", async () => {
    expect(negativeEnergy(await lineOf(cauchyNetwork()))).toBeLessThan(1e-10);
  });

  test("not with the modulus in a square's place, which is no holomorphic function", async () => {
    const modulus = cauchyNetwork((z) => cAdd(z, { re: squaredModulus(z), im: z.re.mul(0) }));
    expect(negativeEnergy(await lineOf(modulus))).toBeGreaterThan(1e-3);
  });

  test("not with a constant, even where products follow: it adds energy at zero", async () => {
    const dc = ({ re, im }: Complex64) => {
      const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
      const power = re.reduce((sum, x, i) => sum + x * x + im[i]! ** 2, 0) / re.length;
      return (mean(re) ** 2 + mean(im) ** 2) / power;
    };
    const shifted = cauchyNetwork((z) => {
      const moved = { re: z.re.add(constant([0.3], [], z.re.dtype)), im: z.im };
      return cMul(moved, moved);
    });
    expect(dc(await lineOf(cauchyNetwork()))).toBeLessThan(1e-10);
    expect(dc(await lineOf(shifted))).toBeGreaterThan(1e-3);
  });

  test("in two dimensions: the spectrum lies in the cone of the generators", async () => {
    const n = 128;
    const line = Array.from({ length: n }, (_, i) => (2 * i) / n - 1);
    const values = await complexValues(
      (p, points) =>
        firstUnit(
          waveletFeatures(
            p,
            points,
            sizeOf(2, 3),
            options({ template: cauchy(5), shape: "isotropic", mixings: 1 }),
          ),
        ),
      line.flatMap((y) => line.flatMap((x) => [y, x])),
      2,
      (name, count) => {
        if (name === "atoms.center") return someNumbers(count, -0.2, 0.2, 7);
        // Along the first axis, a little turned: the cone is 45° to either side.
        if (name === "atoms.matrix") return [0.8, 1, 0.9, 0, 0, 0];
        return seeded(name, count);
      },
    );
    const spectrum = fourier2(values, n);
    let [outside, all] = [0, 0];
    for (let ky = 0; ky < n; ky++) {
      for (let kx = 0; kx < n; kx++) {
        const [fy, fx] = [ky < n / 2 ? ky : ky - n, kx < n / 2 ? kx : kx - n];
        const energy = spectrum[ky * n + kx]!; // n by n
        all += energy;
        if (fy < Math.abs(fx) - 1) outside += energy;
      }
    }
    expect(outside / all).toBeLessThan(1e-4);
  });
});

/** Energy of the two-dimensional spectrum. */
function fourier2({ re, im }: Complex64, n: number): number[] {
  const places = Array.from({ length: n }, (_, i) => i);
  const rows = places.map((y) =>
    fourier({ re: re.slice(y * n, (y + 1) * n), im: im.slice(y * n, (y + 1) * n) }),
  );
  const columns = places.map(
    (x) => fourier({ re: rows.map((row) => row.re[x]!), im: rows.map((row) => row.im[x]!) }), // n by n
  );
  return Array.from({ length: n * n }, (_, i) => {
    const column = columns[i % n]!; // n of them
    const y = Math.floor(i / n);
    return column.re[y]! ** 2 + column.im[y]! ** 2; // n by n
  });
}

describe("the complex Meyer wavelet", () => {
  test("has the spectrum of its definition, and none at negative frequencies", async () => {
    const n = 1024;
    const [span, u] = [32, input("u", [n], "float64")];
    const { re, im } = complexMeyer().at([u]);
    const times = Array.from({ length: n }, (_, i) => ((i - n / 2) * span) / n);
    const values = await evaluate({ re, im }, { u: times });
    // The last sample of the table's reach is left out, where it ends.
    expect(negativeEnergy(values)).toBeLessThan(1e-9);
    const out = fourier(values);
    const modulus = (cycles: number) => Math.hypot(out.re[cycles * span]!, out.im[cycles * span]!); // inside
    for (const cycles of [0.25, 0.5, 0.625, 0.75, 1, 1.25, 1.5]) {
      expect(modulus(cycles) / modulus(0.6875)).toBeCloseTo(
        meyerSpectrum(cycles) / meyerSpectrum(0.6875),
        4,
      );
    }
  });
});
