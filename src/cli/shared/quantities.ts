import { UserError } from "../../errors/userError.ts";

/** A kind of quantity: its units, as people write them, and how many base units each is. */
interface Quantity {
  readonly name: string;
  readonly example: string;
  readonly units: Readonly<Record<string, number>>;
}

/** Units with the prefixes k, M, G and T before them: `kB`, `MB`. */
const withPrefixes = (unit: string, size: number): Readonly<Record<string, number>> => ({
  ...{ [unit]: size, [`k${unit}`]: 1e3 * size, [`K${unit}`]: 1e3 * size },
  ...{ [`M${unit}`]: 1e6 * size, [`G${unit}`]: 1e9 * size, [`T${unit}`]: 1e12 * size },
});

/** Units with the prefixes of powers of 1024. */
const withBinaryPrefixes = (unit: string): Readonly<Record<string, number>> => ({
  ...{ [`Ki${unit}`]: 2 ** 10, [`Mi${unit}`]: 2 ** 20 },
  ...{ [`Gi${unit}`]: 2 ** 30, [`Ti${unit}`]: 2 ** 40 },
});

const quantities = {
  /** In seconds. */
  time: {
    name: "a time",
    example: "20us, 1.5ms, 0.3s or 2min",
    units: { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, min: 60 },
  },
  /** In bytes per second. A bit is an eighth of a byte. */
  bandwidth: {
    name: "a bandwidth",
    example: "25Gbit/s, 25Gb/s or 3GB/s",
    units: {
      ...{ ...withPrefixes("B/s", 1), ...withBinaryPrefixes("B/s") },
      ...{ ...withPrefixes("bit/s", 1 / 8), ...withPrefixes("b/s", 1 / 8) },
      ...withPrefixes("bps", 1 / 8),
    },
  },
  /** In bytes. */
  bytes: {
    name: "a size",
    example: "16GB, 16GiB or 500MB",
    units: { ...withPrefixes("B", 1), ...withBinaryPrefixes("B") },
  },
} as const satisfies Readonly<Record<string, Quantity>>;

/**
 * A quantity above zero that was typed with its unit, in seconds, bytes or bytes per second: `25Gbit/s` is 3.125e9. `B` is a
 * byte and `b` a bit. Throws UserError where the unit is missing or unknown.
 *
 * @param subject what to call it in errors: the option
 */
export function parseQuantity(
  subject: string,
  kind: keyof typeof quantities,
  text: string,
): number {
  const { name, example, units }: Quantity = quantities[kind];
  const [, digits = "", unit = ""] = /^(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)\s*(\D+)$/i.exec(text) ?? [];
  const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
  const value = size === undefined ? Number.NaN : Number(digits) * size;
  if (!(value > 0 && Number.isFinite(value))) {
    throw new UserError(
      `${subject} must be ${name} with its unit, such as ${example}, not “${text}”`,
    );
  }
  return value;
}

/** A time for people, of three digits: `0.0123` → `12.3 ms`. */
export const timeText = (seconds: number): string =>
  withUnit(seconds, [
    ...([
      [1e-6, "µs"],
      [1e-3, "ms"],
      [1, "s"],
    ] as const),
  ]);

/** A bandwidth for people, as memory and as networks have it: `3.13 GB/s (25.0 Gbit/s)`. */
export function bandwidthText(bytesPerSecond: number): string {
  const units = [
    [1, ""],
    [1e3, "k"],
    [1e6, "M"],
    [1e9, "G"],
    [1e12, "T"],
  ] as const;
  const of = (value: number, unit: string) =>
    withUnit(
      value,
      units.map(([size, prefix]) => [size, `${prefix}${unit}/s`] as const),
    );
  return `${of(bytesPerSecond, "B")} (${of(8 * bytesPerSecond, "bit")})`;
}

/** A value in the largest unit that it has one of, or else in the smallest; three digits. */
function withUnit(
  value: number,
  units: readonly (readonly [size: number, unit: string])[],
): string {
  const rounded = Number(value.toPrecision(3));
  const [size, unit] = units.findLast(([least]) => rounded >= least) ?? units[0]!; // not empty
  const number = value / size;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(number, 0.1))));
  return `${Number(number.toPrecision(3)).toFixed(Math.min(2, digits))} ${unit}`;
}
