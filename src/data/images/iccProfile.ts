/** How the levels of a picture become sRGB. */
export interface ColorProfile {
  /** Levels of a pixel. */
  readonly channels: 1 | 3;
  /** Turns the levels of one pixel, in [0, 1], into sRGB levels in [0, 1], in place. */
  convert(pixel: Float64Array): void;
}

/** From the profile connection space (XYZ under D50) to linear sRGB: Bradford's adaptation, rounded as by Lindbloom. */
const linearFromXyz = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

/** From linear Display P3 to linear sRGB; both have the white D65. */
const linearFromP3 = [
  [1.2249402, -0.2249402, 0],
  [-0.0420569, 1.0420569, 0],
  [-0.0196376, -0.0786361, 1.0982736],
] as const;

type Curve = (level: number) => number;
type Matrix = readonly (readonly [number, number, number])[];

/** Display P3, whose curve is that of sRGB. */
export const displayP3 = (): ColorProfile => rgbProfile([linear, linear, linear], linearFromP3);

/** A profile that moves no level by more than one step of eight bits counts as sRGB itself and leaves all bits unchanged. */
const unnoticed = 1 / 255;

/**
 * Reads an ICC profile of gray, or of RGB by a matrix and curves (ICC.1:2022, sections 8.3 and 10). Undefined for any other,
 * such as one of lookup tables, and for a damaged one.
 */
export function parseProfile(icc: Uint8Array): ColorProfile | undefined {
  const file = Buffer.from(icc.buffer, icc.byteOffset, icc.length);
  try {
    const space = file.toString("latin1", 16, 20);
    const inLab = file.toString("latin1", 20, 24) === "Lab ";
    if (space === "GRAY") {
      const curve = readCurve(file, "kTRC");
      return curve && grayProfile(inLab ? (level) => luminanceOf(curve(level)) : curve);
    }
    if (space !== "RGB " || inLab || tagOf(file, "A2B0") !== undefined) return undefined;
    const curves = ["rTRC", "gTRC", "bTRC"].map((tag) => readCurve(file, tag));
    const [r, g, b] = ["rXYZ", "gXYZ", "bXYZ"].map((tag) => readXyz(file, tag));
    if (!r || !g || !b || !curves.every((curve) => curve !== undefined)) return undefined;
    // How much linear sRGB a unit of one of the profile's primaries gives.
    const share = (row: readonly number[], xyz: readonly number[]) =>
      row.reduce((sum, weight, i) => sum + weight * (xyz[i] ?? 0), 0);
    const matrix = linearFromXyz.map(
      (row) => [share(row, r), share(row, g), share(row, b)] as const,
    );
    return rgbProfile(curves, matrix);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // a tag that points outside
    throw error;
  }
}

/** Whether a profile for so many channels gives levels other colors than sRGB does, by more than rounding; true of one that cannot be read. */
export function changesColors(icc: Uint8Array, channels: 1 | 3): boolean {
  const profile = parseProfile(icc);
  if (profile?.channels !== channels) return true;
  const probe = new Float64Array(channels);
  for (const level of [0.1, 0.3, 0.5, 0.8]) {
    for (let c = 0; c < channels; c++) {
      probe.fill(level / 2);
      probe[c] = level;
      const before = probe.slice();
      profile.convert(probe);
      if (probe.some((x, i) => x !== before[i])) return true;
    }
  }
  return false;
}

function grayProfile(curve: Curve): ColorProfile {
  const convert = (pixel: Float64Array) => {
    pixel[0] = encoded(curve(pixel[0] ?? 0));
  };
  return { channels: 1, convert: leavingSrgb(1, convert) };
}

function rgbProfile(curves: readonly Curve[], matrix: Matrix): ColorProfile {
  const convert = (pixel: Float64Array) => {
    const [r = 0, g = 0, b = 0] = curves.map((curve, c) => curve(pixel[c] ?? 0));
    for (const [c, [x, y, z]] of matrix.entries()) pixel[c] = encoded(x * r + y * g + z * b);
  };
  return { channels: 3, convert: leavingSrgb(3, convert) };
}

/** The conversion, or none where it would change nothing that eight bits can show. */
function leavingSrgb(
  channels: 1 | 3,
  convert: (pixel: Float64Array) => void,
): (pixel: Float64Array) => void {
  const steps = [0, 0.1, 0.25, 0.5, 0.75, 1];
  const probes =
    channels === 1
      ? steps.map((level) => [level])
      : steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b])));
  const same = probes.every((probe) => {
    const pixel = Float64Array.from(probe);
    convert(pixel);
    return probe.every((level, c) => Math.abs(level - (pixel[c] ?? 0)) < unnoticed);
  });
  return same ? () => {} : convert;
}

/** Light of an sRGB level, both in [0, 1] (IEC 61966-2-1). */
function linear(level: number): number {
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
}

/** The sRGB level of light, clipped to [0, 1]. */
function encoded(light: number): number {
  const clipped = Math.min(Math.max(light, 0), 1);
  return clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
}

/** Light of CIE lightness, both in [0, 1]. */
function luminanceOf(lightness: number): number {
  const f = (100 * lightness + 16) / 116;
  return f > 6 / 29 ? f ** 3 : (100 * lightness * 27) / 24389;
}

/** Where a tag's data begin. */
function tagOf(file: Buffer, tag: string): number | undefined {
  const count = file.readUInt32BE(128);
  for (let i = 0, at = 132; i < count; i++, at += 12) {
    if (at + 12 > file.length) throw new RangeError("icc: the tag table is cut short");
    if (file.toString("latin1", at, at + 4) === tag) return file.readUInt32BE(at + 4);
  }
  return undefined;
}

const fixed = (file: Buffer, at: number) => file.readInt32BE(at) / 65536;

function readXyz(file: Buffer, tag: string): readonly number[] | undefined {
  const at = tagOf(file, tag);
  return at === undefined ? undefined : [8, 12, 16].map((offset) => fixed(file, at + offset));
}

/** A tone curve: light by level. */
function readCurve(file: Buffer, tag: string): Curve | undefined {
  const at = tagOf(file, tag);
  if (at === undefined) return undefined;
  const type = file.toString("latin1", at, at + 4);
  if (type === "para") return parametricCurve(file, at);
  if (type !== "curv") return undefined;
  const count = file.readUInt32BE(at + 8);
  if (count === 0) return (level) => level;
  if (count === 1) {
    const gamma = file.readUInt16BE(at + 12) / 256;
    return (level) => level ** gamma;
  }
  if (at + 12 + 2 * count > file.length) throw new RangeError("icc: a curve is cut short");
  const table = Float64Array.from(
    { length: count },
    (_, i) => file.readUInt16BE(at + 12 + 2 * i) / 65535,
  );
  return (level) => {
    const place = level * (count - 1);
    const i = Math.min(Math.floor(place), count - 2);
    const [low = 0, high = 0] = [table[i], table[i + 1]];
    return low + (place - i) * (high - low);
  };
}

/** Parameters g, a, b, c, d, e, f by type of function. */
const parameterCounts = [1, 3, 4, 5, 7] as const;

function parametricCurve(file: Buffer, at: number): Curve | undefined {
  const type = file.readUInt16BE(at + 8);
  const count = parameterCounts[type];
  if (count === undefined) return undefined;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, i) =>
    fixed(file, at + 12 + 4 * i),
  );
  switch (type) {
    case 0:
      return (x) => x ** g;
    case 1:
      return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
    case 2:
      return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
    case 3:
      return (x) => (x >= d ? (a * x + b) ** g : c * x);
    default:
      return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
  }
}
