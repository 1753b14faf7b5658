/** The arrays that a pass reads, and those that it writes. */
export type Planes = [
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
];

/** One pass: sequences of `n` values, `stride` apart; the roots of unity of the whole length, of which each `turn`th is one of n. */
export interface Pass {
  readonly radix: number;
  readonly stride: number;
  readonly turn: number;
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function pass4({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const quarter = n / 4;
  const hop = stride * quarter;
  for (let p = 0; p < quarter; p++) {
    const w1r = re[p * turn]!;
    const w1i = im[p * turn]!;
    const w2r = re[2 * p * turn]!;
    const w2i = im[2 * p * turn]!;
    const w3r = re[3 * p * turn]!;
    const w3i = im[3 * p * turn]!;
    let y = 4 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const c = a + 2 * hop;
      const sumR = xr[a]! + xr[c]!;
      const sumI = xi[a]! + xi[c]!;
      const differenceR = xr[a]! - xr[c]!;
      const differenceI = xi[a]! - xi[c]!;
      const b = a + hop;
      const d = c + hop;
      const oddSumR = xr[b]! + xr[d]!;
      const oddSumI = xi[b]! + xi[d]!;
      const oddR = xr[b]! - xr[d]!;
      const oddI = xi[b]! - xi[d]!;
      yr[y] = sumR + oddSumR;
      yi[y] = sumI + oddSumI;
      const r1 = differenceR + oddI;
      const i1 = differenceI - oddR;
      yr[y + stride] = r1 * w1r - i1 * w1i;
      yi[y + stride] = r1 * w1i + i1 * w1r;
      const r2 = sumR - oddSumR;
      const i2 = sumI - oddSumI;
      yr[y + 2 * stride] = r2 * w2r - i2 * w2i;
      yi[y + 2 * stride] = r2 * w2i + i2 * w2r;
      const r3 = differenceR - oddI;
      const i3 = differenceI + oddR;
      yr[y + 3 * stride] = r3 * w3r - i3 * w3i;
      yi[y + 3 * stride] = r3 * w3i + i3 * w3r;
    }
  }
}

export function pass2({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const half = n / 2;
  const hop = stride * half;
  for (let p = 0; p < half; p++) {
    const wr = re[p * turn]!;
    const wi = im[p * turn]!;
    let y = 2 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const r = xr[a]! - xr[a + hop]!;
      const i = xi[a]! - xi[a + hop]!;
      yr[y] = xr[a]! + xr[a + hop]!;
      yi[y] = xi[a]! + xi[a + hop]!;
      yr[y + stride] = r * wr - i * wi;
      yi[y + stride] = r * wi + i * wr;
    }
  }
}

export function pass3({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const third = n / 3;
  const hop = stride * third;
  const sine = Math.sqrt(0.75);
  for (let p = 0; p < third; p++) {
    const w1r = re[p * turn]!;
    const w1i = im[p * turn]!;
    const w2r = re[2 * p * turn]!;
    const w2i = im[2 * p * turn]!;
    let y = 3 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const b = a + hop;
      const c = b + hop;
      const sumR = xr[b]! + xr[c]!;
      const sumI = xi[b]! + xi[c]!;
      const differenceR = sine * (xr[b]! - xr[c]!);
      const differenceI = sine * (xi[b]! - xi[c]!);
      const middleR = xr[a]! - 0.5 * sumR;
      const middleI = xi[a]! - 0.5 * sumI;
      yr[y] = xr[a]! + sumR;
      yi[y] = xi[a]! + sumI;
      const r1 = middleR + differenceI;
      const i1 = middleI - differenceR;
      yr[y + stride] = r1 * w1r - i1 * w1i;
      yi[y + stride] = r1 * w1i + i1 * w1r;
      const r2 = middleR - differenceI;
      const i2 = middleI + differenceR;
      yr[y + 2 * stride] = r2 * w2r - i2 * w2i;
      yi[y + 2 * stride] = r2 * w2i + i2 * w2r;
    }
  }
}

export const [cos72, cos144] = [(Math.sqrt(5) - 1) / 4, (-Math.sqrt(5) - 1) / 4] as const;
export const [sin72, sin144] = [Math.sqrt(1 - cos72 ** 2), Math.sqrt(1 - cos144 ** 2)] as const;

export function pass5({ stride, turn, n, re, im }: Pass, ...[xr, xi, yr, yi]: Planes): void {
  const fifth = n / 5;
  const hop = stride * fifth;
  for (let p = 0; p < fifth; p++) {
    const w1r = re[p * turn]!;
    const w1i = im[p * turn]!;
    const w2r = re[2 * p * turn]!;
    const w2i = im[2 * p * turn]!;
    const w3r = re[3 * p * turn]!;
    const w3i = im[3 * p * turn]!;
    const w4r = re[4 * p * turn]!;
    const w4i = im[4 * p * turn]!;
    let y = 5 * stride * p;
    for (let a = stride * p, end = a + stride; a < end; a++, y++) {
      const b = a + hop;
      const c = b + hop;
      const d = c + hop;
      const e = d + hop;
      const outerR = xr[b]! + xr[e]!;
      const outerI = xi[b]! + xi[e]!;
      const innerR = xr[c]! + xr[d]!;
      const innerI = xi[c]! + xi[d]!;
      const outR = xr[b]! - xr[e]!;
      const outI = xi[b]! - xi[e]!;
      const inR = xr[c]! - xr[d]!;
      const inI = xi[c]! - xi[d]!;
      yr[y] = xr[a]! + outerR + innerR;
      yi[y] = xi[a]! + outerI + innerI;
      const even1R = xr[a]! + cos72 * outerR + cos144 * innerR;
      const even1I = xi[a]! + cos72 * outerI + cos144 * innerI;
      const even2R = xr[a]! + cos144 * outerR + cos72 * innerR;
      const even2I = xi[a]! + cos144 * outerI + cos72 * innerI;
      const odd1R = sin72 * outI + sin144 * inI;
      const odd1I = sin72 * outR + sin144 * inR;
      const odd2R = sin144 * outI - sin72 * inI;
      const odd2I = sin144 * outR - sin72 * inR;
      const r1 = even1R + odd1R;
      const i1 = even1I - odd1I;
      yr[y + stride] = r1 * w1r - i1 * w1i;
      yi[y + stride] = r1 * w1i + i1 * w1r;
      const r2 = even2R + odd2R;
      const i2 = even2I - odd2I;
      yr[y + 2 * stride] = r2 * w2r - i2 * w2i;
      yi[y + 2 * stride] = r2 * w2i + i2 * w2r;
      const r3 = even2R - odd2R;
      const i3 = even2I + odd2I;
      yr[y + 3 * stride] = r3 * w3r - i3 * w3i;
      yi[y + 3 * stride] = r3 * w3i + i3 * w3r;
      const r4 = even1R - odd1R;
      const i4 = even1I + odd1I;
      yr[y + 4 * stride] = r4 * w4r - i4 * w4i;
      yi[y + 4 * stride] = r4 * w4i + i4 * w4r;
    }
  }
}

/** An odd radix, by its definition with values paired: `x[v] ± x[r − v]` meet cosines and sines alone. */
export function passOdd(
  { radix, stride, turn, n, re, im }: Pass,
  small: { re: Float64Array; im: Float64Array },
  ...[xr, xi, yr, yi]: Planes
): void {
  const part = n / radix;
  const hop = stride * part;
  const pairs = (radix - 1) / 2;
  const [plusR, plusI] = [new Float64Array(pairs), new Float64Array(pairs)];
  const [minusR, minusI] = [new Float64Array(pairs), new Float64Array(pairs)];
  for (let p = 0; p < part; p++) {
    for (let q = 0; q < stride; q++) {
      const a = q + stride * p;
      const aR = xr[a]!;
      const aI = xi[a]!;
      let totalR = aR;
      let totalI = aI;
      for (let v = 0, b = a + hop, c = a + (radix - 1) * hop; v < pairs; v++, b += hop, c -= hop) {
        plusR[v] = xr[b]! + xr[c]!;
        plusI[v] = xi[b]! + xi[c]!;
        minusR[v] = xr[b]! - xr[c]!;
        minusI[v] = xi[b]! - xi[c]!;
        totalR += plusR[v]!;
        totalI += plusI[v]!;
      }
      const y = q + stride * radix * p;
      yr[y] = totalR;
      yi[y] = totalI;
      for (let u = 1; u <= pairs; u++) {
        let evenR = aR;
        let evenI = aI;
        let oddR = 0;
        let oddI = 0;
        for (let v = 0, root = u; v < pairs; v++) {
          const c = small.re[root]!;
          const s = small.im[root]!;
          evenR += plusR[v]! * c;
          evenI += plusI[v]! * c;
          oddR -= minusI[v]! * s;
          oddI += minusR[v]! * s;
          root += u;
          if (root >= radix) root -= radix;
        }
        turned(evenR + oddR, evenI + oddI, re, im, u * p * turn, yr, yi, y + u * stride);
        const w = radix - u;
        turned(evenR - oddR, evenI - oddI, re, im, w * p * turn, yr, yi, y + w * stride);
      }
    }
  }
}

/** `to[y] = (r + i·j) · root[k]`. */
function turned(
  r: number,
  i: number,
  re: Float64Array,
  im: Float64Array,
  k: number,
  toRe: Float64Array,
  toIm: Float64Array,
  y: number,
): void {
  const wr = re[k]!;
  const wi = im[k]!;
  toRe[y] = r * wr - i * wi;
  toIm[y] = r * wi + i * wr;
}
