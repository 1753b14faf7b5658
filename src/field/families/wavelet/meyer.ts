import { constant, type Tensor } from "../../../graph/index.ts";
import type { Complex } from "../../../nn/layers/complex.ts";
import type { Template } from "./template.ts";

/**
 * The complex Meyer wavelet along the first coordinate, with a Gaussian across. It is exactly progressive: its spectrum is a
 * smooth bump on 1/3 … 4/3 cycles per unit and zero elsewhere (Meyer 1985; twice the positive half of the real wavelet). It is
 * read from a table by cubic interpolation, which puts 10⁻⁷ of it elsewhere.
 */
export function complexMeyer(): Template {
  const table = meyerTable();
  return {
    meaning: "Meyer's wavelet of positive frequencies along u₁, exp(-‖u‖² + u₁²) across",
    frequency: () => 2 * Math.PI * peakCycles,
    at([along, ...across]) {
      const wave = fromTable(table, along!);
      if (across.length === 0) return wave;
      const envelope = across
        .map((x) => x.square())
        .reduce((a, b) => a.add(b))
        .neg()
        .exp();
      return { re: wave.re.mul(envelope), im: wave.im.mul(envelope) };
    },
  };
}

/** The frequency at which the spectrum is 1, in cycles per unit. */
const peakCycles = 2 / 3;

/** The modulus of the spectrum at a frequency in cycles per unit (Daubechies, Ten Lectures on Wavelets, section 4.2.1). */
export function meyerSpectrum(cycles: number): number {
  const rise = (t: number) => t ** 4 * (35 - 84 * t + 70 * t ** 2 - 20 * t ** 3);
  if (cycles <= 1 / 3 || cycles >= 4 / 3) return 0;
  return cycles < peakCycles
    ? Math.sin((Math.PI / 2) * rise(3 * cycles - 1))
    : Math.cos((Math.PI / 2) * rise(1.5 * cycles - 1));
}

const perUnit = 128;
const reach = 16;
const nodes = 512;

interface MeyerTable {
  readonly re: readonly number[];
  readonly im: readonly number[];
}

/** ψ at k / perUnit - reach by the trapezoid rule, which is exact to rounding for such a smooth spectrum. */
function meyerTable(): MeyerTable {
  const frequencies = Array.from({ length: nodes }, (_, i) => 1 / 3 + (i + 0.5) / nodes);
  const weights = frequencies.map(meyerSpectrum);
  const total = weights.reduce((a, b) => a + b);
  const at = (part: (angle: number) => number) =>
    Array.from({ length: 2 * reach * perUnit + 1 }, (_, k) => {
      const x = k / perUnit - reach;
      const sum = frequencies.reduce((s, f, i) => s + weights[i]! * part(2 * Math.PI * f * x), 0);
      return sum / total;
    });
  return { re: at(Math.cos), im: at(Math.sin) };
}

/** Cubic Lagrange interpolation between the four nearest entries; 0 outside the table. */
function fromTable(table: MeyerTable, x: Tensor): Complex {
  const inside = x.abs().less(reach - 2 / perUnit);
  const place = inside.where(x.add(reach).mul(perUnit), x.mul(0).add(1));
  const first = place.cast("int32");
  const t = place.sub(first.cast(x.dtype));
  const away = [-1, 0, 1, 2].map((node) => t.sub(node));
  const weights = [-1 / 6, 1 / 2, -1 / 2, 1 / 6].map((factor, k) =>
    away.reduce(
      (product, x, other) => (other === k ? product : product.mul(x)),
      t.mul(0).add(factor),
    ),
  );
  const read = (values: readonly number[]) => {
    const entries = constant(values, [values.length], x.dtype);
    const sum = weights
      .map((weight, k) => entries.gather(first.add(constant([k - 1], [], "int32"))).mul(weight))
      .reduce((s, term) => s.add(term));
    return inside.where(sum, x.mul(0));
  };
  return { re: read(table.re), im: read(table.im) };
}
