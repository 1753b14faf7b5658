import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matrix } from "../arrays/matrix.ts";
import { distance, dot, noise, relative } from "../testing.ts";
import { scatteringFilters } from "./filters.ts";
import { createScattering2, type Scattering2, scattering2 } from "./scattering2.ts";

type Picture = Matrix<Float64Array>;

const picture = (height: number, width: number, seed = 0): Picture => ({
  height,
  width,
  data: noise(height * width, seed),
});
const values = ({ bands }: Scattering2) => bands.flatMap(({ data }) => [...data]);
const norm = (x: ArrayLike<number>) => Math.sqrt(dot(x, x));
const difference = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Float64Array.from(x, (value, i) => value - y[i]!);

/** A ring and a bar with soft edges on a dark ground: a picture with a shape. */
function shape(side: number): Picture {
  const soft = (distance: number) => 1 / (1 + Math.exp(2 * distance));
  const data = Float64Array.from({ length: side * side }, (_, i) => {
    const [y, x] = [Math.floor(i / side) - side / 2, (i % side) - side / 2];
    const ring = Math.abs(Math.hypot(x, y) - side / 5) - 1.5;
    return Math.max(soft(ring), soft(Math.max(Math.abs(x - 2) - 1.5, Math.abs(y) - side / 3)));
  });
  return { height: side, width: side, data };
}

/** The picture moved to the right and down around its borders. */
function shifted({ height, width, data }: Picture, right: number, down: number): Picture {
  const moved = data.map((_, i) => {
    const [y, x] = [Math.floor(i / width) - down, (i % width) - right];
    return data[(((y % height) + height) % height) * width + (((x % width) + width) % width)]!;
  });
  return { height, width, data: moved };
}

describe("by its definition in space", () => {
  // Everything here is written again: the filters in space, the padding, and convolutions as sums over all pixels.
  type Planes = readonly [re: Float64Array, im: Float64Array];
  type Bell = { theta: number; xi: number; sigma: number; slant: number };

  /** A Gabor function on the periodic grid, with angles from axis 0 as in Kymatio. */
  function gabor(height: number, width: number, { theta, xi, sigma, slant }: Bell): Planes {
    const [re, im] = [new Float64Array(height * width), new Float64Array(height * width)];
    const [c, s] = [Math.cos(theta), Math.sin(theta)];
    for (let y = -3 * height; y < 3 * height; y++) {
      for (let x = -3 * width; x < 3 * width; x++) {
        const [p, q] = [c * y + s * x, c * x - s * y];
        const size =
          (Math.exp(-(p * p + slant * slant * q * q) / (2 * sigma * sigma)) * slant) /
          (2 * Math.PI * sigma * sigma);
        const at = ((y + 3 * height) % height) * width + ((x + 3 * width) % width);
        re[at]! += size * Math.cos(xi * p);
        im[at]! += size * Math.sin(xi * p);
      }
    }
    return [re, im];
  }

  function morlet(height: number, width: number, bell: Bell): Planes {
    const [re, im] = gabor(height, width, bell);
    const [envelope] = gabor(height, width, { ...bell, xi: 0 });
    const sum = (x: Float64Array) => x.reduce((total, value) => total + value, 0);
    const mean = sum(re) / sum(envelope);
    return [re.map((value, i) => value - mean * envelope[i]!), im];
  }

  function convolved(x: Float64Array, filter: Float64Array, height: number, width: number) {
    return x.map((_, at) => {
      const [y0, x0] = [Math.floor(at / width), at % width];
      let sum = 0;
      for (let y = 0, i = 0; y < height; y++)
        for (let c = 0; c < width; c++, i++)
          sum += x[i]! * filter[((y0 - y + height) % height) * width + ((x0 - c + width) % width)]!;
      return sum;
    });
  }

  function direct({ height, width, data }: Picture, scales: number, orientations: number) {
    const step = 2 ** scales;
    const [rows, columns] = [Math.floor(height / step), Math.floor(width / step)];
    const [h, w] = [(rows + 2) * step, (columns + 2) * step];
    const reflected = (i: number, n: number): number =>
      i < 0 ? reflected(-i, n) : i < n ? i : reflected(2 * n - 2 - i, n);
    const [top, left] = [Math.floor((h - height) / 2), Math.floor((w - width) / 2)];
    const padded = Float64Array.from({ length: h * w }, (_, i) => {
      const [y, x] = [Math.floor(i / w) - top, (i % w) - left];
      return data[reflected(y, height) * width + reflected(x, width)]!;
    });
    const psis = Array.from({ length: scales * orientations }, (_, i) => {
      const [j, t] = [Math.floor(i / orientations), i % orientations];
      const theta = ((Math.trunc(orientations / 2 - 1) - t) * Math.PI) / orientations;
      const xi = (0.75 * Math.PI) / 2 ** j;
      return {
        j,
        planes: morlet(h, w, { theta, xi, sigma: 0.8 * 2 ** j, slant: 4 / orientations }),
      };
    });
    const phi = gabor(h, w, { theta: 0, xi: 0, sigma: 0.8 * 2 ** (scales - 1), slant: 1 })[0];
    const modulus = (x: Float64Array, [re, im]: Planes) => {
      const imaginary = convolved(x, im, h, w);
      return convolved(x, re, h, w).map((value, i) => Math.hypot(value, imaginary[i]!));
    };
    const averaged = (x: Float64Array) => {
      const smooth = convolved(x, phi, h, w);
      return Float64Array.from({ length: rows * columns }, (_, i) => {
        const [y, c] = [Math.floor(i / columns) + 1, (i % columns) + 1];
        return smooth[y * step * w + c * step]!;
      });
    };
    const first = psis.map(({ j, planes }) => ({ j, u: modulus(padded, planes) }));
    const second = first.flatMap(({ j, u }) =>
      psis.filter((psi) => psi.j > j).map(({ planes }) => averaged(modulus(u, planes))),
    );
    return [averaged(padded), ...first.map(({ u }) => averaged(u)), ...second];
  }

  test.each([
    [8, 8, 1, 3],
    [9, 14, 2, 4],
    [12, 8, 2, 2],
    [8, 11, 3, 1],
  ])(
    "a picture of %i×%i with %i scales and %i orientations",
    (height, width, scales, orientations) => {
      const data = picture(height, width);
      const expected = direct(data, scales, orientations);
      const found = scattering2(data, { scales, orientations, oversampling: scales });
      expect(found.bands.length).toBe(expected.length);
      found.bands.forEach((band, i) => {
        expect(distance(band.data, expected[i]!)).toBeLessThan(1e-12);
      });
      // Coarser layers alias, most of all white noise under filters that are narrow in space.
      const coarse = values(scattering2(data, { scales, orientations }));
      expect(
        relative(
          coarse,
          expected.flatMap((band) => [...band]),
        ),
      ).toBeLessThan(orientations < 3 ? 0.1 : 0.02);
    },
  );
});

describe("the result", () => {
  test("has Kymatio's bands, in its order", () => {
    const { bands, height, width } = scattering2(picture(30, 45), { scales: 3, orientations: 4 });
    expect([height, width]).toEqual([30, 45]);
    expect(bands.length).toBe(1 + 3 * 4 + 3 * 4 * 4);
    for (const band of bands) expect([band.height, band.width]).toEqual([3, 5]);
    expect(bands.map(({ scales }) => scales.join("")).join(" ")).toBe(
      ` ${"0 ".repeat(4)}${"1 ".repeat(4)}${"2 ".repeat(4)}${"01 01 01 01 02 02 02 02 ".repeat(4)}${"12 ".repeat(16)}`.trimEnd(),
    );
    const quarters = [1, 2, 3, 4].map((n) => (n * Math.PI) / 4);
    expect(bands.slice(1, 5).map(({ angles }) => angles[0])).toEqual(quarters);
  });

  test("is of the type of the picture", () => {
    const double = picture(16, 16);
    const single = { ...double, data: new Float32Array(double.data) };
    const found = scattering2(single, { scales: 2 });
    for (const { data } of found.bands) expect(data).toBeInstanceOf(Float32Array);
    expect(relative(values(found), values(scattering2(double, { scales: 2 })))).toBeLessThan(1e-6);
  });

  test.each([
    [0, 1],
    [1, 9],
    [2, 25],
  ] as const)("of order %i has %i bands of 2 scales and 4 orientations", (order, count) => {
    const options = { scales: 2, orientations: 4 };
    const { bands } = scattering2(picture(16, 16), { ...options, order });
    expect(bands).toEqual(scattering2(picture(16, 16), options).bands.slice(0, count));
  });

  test("of a prepared transform is the same, for one picture after another", () => {
    const prepared = createScattering2(20, 12, { scales: 2 });
    const pictures = [picture(20, 12, 1), picture(20, 12, 2), picture(20, 12, 1)];
    for (const one of pictures)
      expect(prepared.transform(one)).toEqual(scattering2(one, { scales: 2 }));
  });

  test("of waves is largest for wavelets of their direction", () => {
    for (const angle of [0.25, 0.5, 0.75, 1].map((part) => part * Math.PI)) {
      const data = Float64Array.from({ length: 1024 }, (_, i) =>
        Math.cos(2.2 * (Math.cos(angle) * (i % 32) + Math.sin(angle) * Math.floor(i / 32))),
      );
      const { bands } = scattering2(
        { height: 32, width: 32, data },
        { scales: 2, orientations: 4 },
      );
      const [most] = bands.slice(1, 9).sort((a, b) => b.data[27]! - a.data[27]!);
      expect([most!.scales, most!.angles]).toEqual([[0], [angle]]);
    }
  });
});

describe("the filters", () => {
  const banks = [1, 2, 3, 4].flatMap((scales) => [1, 3, 4, 8, 12].map((n) => [scales, n] as const));

  test.each(banks)(
    "of %i scales and %i orientations contract where asked to",
    (scales, orientations) => {
      const choice = { scales, orientations };
      const { littlewoodPaley } = scatteringFilters(40, 48, { ...choice, contraction: true });
      expect(littlewoodPaley.max).toBeLessThan(1 + 1e-12);
      expect(littlewoodPaley.max).toBeGreaterThan(0.99);
    },
  );

  test("of Kymatio exceed a Littlewood–Paley sum of 1 by a few percent", () => {
    const choice = { scales: 4, orientations: 8, contraction: false };
    const { max } = scatteringFilters(64, 64, choice).littlewoodPaley;
    expect(max).toBeGreaterThan(1.03);
    expect(max).toBeLessThan(1.05);
  });
});

describe("with periodic borders", () => {
  const options = { scales: 2, orientations: 4, mode: "periodic" } as const;
  const inPictures = { numRuns: 15 };
  const seed = fc.integer({ min: 0, max: 1000 });

  test("no two pictures come further apart, at any place", () => {
    const exact = createScattering2(12, 16, { ...options, contraction: true, oversampling: 2 });
    // The transform takes every fourth place of either axis; the shifts take the others.
    const places = [0, 1, 2, 3].flatMap((down) =>
      [0, 1, 2, 3].map((right) => [right, down] as const),
    );
    fc.assert(
      fc.property(seed, seed, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        const one = picture(12, 16, a);
        const other = picture(12, 16, b);
        for (let i = 0; i < one.data.length; i++)
          other.data[i] = one.data[i]! + share * other.data[i]!;
        let square = 0;
        for (const place of places) {
          const [x, y] = [one, other].map((p) => values(exact.transform(shifted(p, ...place))));
          square += norm(difference(x!, y!)) ** 2;
        }
        expect(Math.sqrt(square)).toBeLessThanOrEqual(
          norm(difference(one.data, other.data)) * (1 + 1e-12) + 1e-13, // rounding, of pictures that are nearly one
        );
      }),
      inPictures,
    );
  });

  test("a shift by whole places shifts the bands", () => {
    fc.assert(
      fc.property(seed, fc.nat(3), fc.nat(3), (a, right, down) => {
        const one = picture(16, 16, a);
        const before = scattering2(one, options).bands;
        const after = scattering2(shifted(one, 4 * right, 4 * down), options).bands;
        before.forEach((band, i) => {
          expect(distance(after[i]!.data, shifted(band, right, down).data)).toBeLessThan(1e-12);
        });
      }),
      inPictures,
    );
  });

  test("a quarter turn turns the bands and their angles", () => {
    /** Axis x becomes axis y, around the first pixel. */
    const turned = ({ height, data }: Picture): Picture => ({
      height,
      width: height,
      data: data.map((_, i) => {
        const [y, x] = [Math.floor(i / height), i % height];
        return data[((height - x) % height) * height + y]!;
      }),
    });
    const one = picture(16, 16);
    const after = scattering2(turned(one), options).bands;
    // From y to x, the other way than angles are counted.
    const key = ({ scales, angles }: (typeof after)[number], turn: number) =>
      `${scales} ${angles.map((angle) => Math.round((angle + turn) / (Math.PI / 4)) % 4)}`;
    for (const band of scattering2(one, options).bands) {
      const found = after.find((other) => key(other, 0) === key(band, Math.PI / 2));
      expect(distance(found!.data, turned(band).data)).toBeLessThan(1e-12);
    }
  });

  test("a constant is its own average and has no waves; a factor stays a factor", () => {
    fc.assert(
      fc.property(seed, fc.double({ min: -8, max: 8, noNaN: true }), (a, factor) => {
        const one = picture(16, 16, a);
        const flat = scattering2({ ...one, data: one.data.map(() => factor) }, options).bands;
        expect(distance(flat[0]!.data, new Float64Array(16).fill(factor))).toBeLessThan(1e-12);
        for (const { data } of flat.slice(1)) expect(norm(data)).toBeLessThan(1e-12);
        const scaled = scattering2(
          { ...one, data: one.data.map((x) => factor * x) },
          options,
        ).bands;
        scattering2(one, options).bands.forEach((band, i) => {
          const expected = band.data.map((x) => (i === 0 ? factor : Math.abs(factor)) * x);
          expect(distance(scaled[i]!.data, expected)).toBeLessThan(1e-12);
        });
      }),
      inPictures,
    );
  });
});

describe("of a shape", () => {
  test("hardly changes under shifts, the less the more scales", () => {
    const one = shape(32);
    const change = (scales: number, by: number) => {
      const prepared = createScattering2(32, 32, { scales });
      const [x, y] = [one, shifted(one, by, 0)].map((p) => values(prepared.transform(p)));
      return relative(y!, x!);
    };
    const ofPicture = (by: number) => relative(shifted(one, by, 0).data, one.data);
    for (const by of [1, 2, 4]) {
      expect(change(4, by)).toBeLessThan(change(3, by));
      expect(change(3, by)).toBeLessThan(change(2, by));
      expect(change(4, by)).toBeLessThan(ofPicture(by) / 4);
    }
    for (const scales of [2, 3, 4]) {
      expect(change(scales, 2)).toBeGreaterThan(1.5 * change(scales, 1));
      expect(change(scales, 4)).toBeGreaterThan(1.5 * change(scales, 2));
      // In proportion to the shift over 2^J.
      expect(change(scales, 1)).toBeLessThan(1.2 / 2 ** scales);
    }
  });

  test("has less energy in every order than in the one before", () => {
    const { bands } = scattering2(shape(32), { scales: 3 });
    const [zero = 0, one = 0, two = 0] = [0, 1, 2].map((order) =>
      norm(bands.filter(({ scales }) => scales.length === order).flatMap(({ data }) => [...data])),
    );
    expect(one).toBeLessThan(zero);
    expect(two).toBeLessThan(one / 2);
    expect(two).toBeGreaterThan(0);
  });
});

test("mistakes are named", () => {
  const small = picture(7, 16);
  expect(() => scattering2(small)).toThrow("with 3 scales the height must be at least 8, not 7");
  expect(() => scattering2(picture(12, 16), { mode: "periodic" })).toThrow("8 divides, not 12");
  expect(() => scattering2(small, { scales: 0 })).toThrow(RangeError);
  expect(() => scattering2(small, { scales: 2, orientations: 1.5 })).toThrow(RangeError);
  expect(() => scattering2(small, { scales: 2, order: 3 as 2 })).toThrow("order must be 0, 1 or 2");
  expect(() => scattering2(small, { scales: 2, oversampling: -1 })).toThrow(RangeError);
  expect(() => scattering2(small, { levels: 2 } as object)).toThrow('unknown option "levels"');
  expect(() => createScattering2(16, 16).transform(small)).toThrow("16×16 is needed");
  small.data[3] = Number.NaN;
  expect(() => scattering2(small, { scales: 2 })).toThrow("must be finite");
});
