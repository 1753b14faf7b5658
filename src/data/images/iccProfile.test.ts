import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeFineImage } from "./decodeFineImage.ts";
import { decodeImage } from "./decodeImage.ts";
import { parseProfile } from "./iccProfile.ts";
import { pngChunk } from "./testing.ts";

/** s15Fixed16 numbers. */
const fixed = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65536), 4 * i);
  return bytes;
};
const text = (word: string) => Buffer.from(`${word}\0\0\0\0`, "latin1");
const xyz = (...values: number[]) => Buffer.concat([text("XYZ "), fixed(...values)]);

const curve = {
  linear: Buffer.concat([text("curv"), Buffer.alloc(4)]),
  gamma: (gamma: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(1);
    bytes.writeUInt16BE(Math.round(gamma * 256), 4);
    return Buffer.concat([text("curv"), bytes]);
  },
  table: (values: readonly number[]) => {
    const bytes = Buffer.alloc(4 + 2 * values.length);
    bytes.writeUInt32BE(values.length);
    for (const [i, value] of values.entries()) {
      bytes.writeUInt16BE(Math.round(65535 * value), 4 + 2 * i);
    }
    return Buffer.concat([text("curv"), bytes]);
  },
  parametric: (type: number, ...parameters: number[]) =>
    Buffer.concat([text("para"), Buffer.of(0, type, 0, 0), fixed(...parameters)]),
  srgb: () => curve.parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
};

/** An ICC profile of a monitor. */
function profileOf(space: "GRAY" | "RGB ", tags: Readonly<Record<string, Buffer>>, pcs = "XYZ ") {
  const entries = Object.entries(tags).map(
    ([tag, data]) => [tag, Buffer.concat([data, Buffer.alloc(-data.length & 3)])] as const,
  );
  const header = Buffer.alloc(132 + 12 * entries.length);
  header.write("lcms\x04\x30\0\0mntr", 4, "latin1");
  header.write(space + pcs, 16, "latin1");
  header.write("acsp", 36, "latin1");
  fixed(0.9642, 1, 0.8249).copy(header, 68);
  header.writeUInt32BE(entries.length, 128);
  let at = header.length;
  for (const [i, [tag, data]] of entries.entries()) {
    header.write(tag, 132 + 12 * i, "latin1");
    header.writeUInt32BE(at, 136 + 12 * i);
    header.writeUInt32BE(data.length, 140 + 12 * i);
    at += data.length;
  }
  const file = Buffer.concat([header, ...entries.map(([, data]) => data)]);
  file.writeUInt32BE(file.length);
  return file;
}

const rgbProfile = (tone: Buffer, primaries: readonly (readonly number[])[]) => {
  const [red = [], green = [], blue = []] = primaries;
  return profileOf("RGB ", {
    ...{ rXYZ: xyz(...red), gXYZ: xyz(...green), bXYZ: xyz(...blue) },
    ...{ rTRC: tone, gTRC: tone, bTRC: tone, wtpt: xyz(0.9642, 1, 0.8249) },
  });
};
const grayProfile = (tone: Buffer, pcs?: string) =>
  profileOf("GRAY", { kTRC: tone, wtpt: xyz(0.9642, 1, 0.8249) }, pcs);

/** Primaries under D50. */
const primaries = {
  srgb: [
    [0.43607, 0.22249, 0.01392],
    [0.38515, 0.71687, 0.09708],
    [0.14307, 0.06061, 0.7141],
  ],
  adobe: [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  displayP3: [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
} as const;

/** A PNG file of one row of these levels, which are eight-bit levels in both depths, with a color profile. */
function pngOf(levels: readonly number[], channels: 1 | 2 | 3 | 4, bits: 8 | 16, icc: Buffer) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(levels.length / channels);
  header.writeUInt32BE(1, 4);
  header.set([bits, [0, 4, 2, 6][channels - 1] ?? 0], 8);
  const row = bits === 8 ? levels : levels.flatMap((level) => [level, level]);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("iCCP", Buffer.concat([Buffer.from("icc\0\0", "latin1"), deflateSync(icc)])),
    pngChunk("IDAT", deflateSync(Uint8Array.of(0, ...row))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Without the darkest: there sharp's eight bits come from a coarse table (0.12 for 0.15, the value of the formula). */
const grays = [0, ...Array.from({ length: 50 }, (_, i) => 10 + 5 * i - (i % 2))];
const colors = [0, 60, 128, 200, 255].flatMap((r) =>
  [0, 60, 128, 200, 255].flatMap((g) => [0, 60, 128, 200, 255].flatMap((b) => [r, g, b])),
);

const profiles: readonly (readonly [name: string, channels: 1 | 3, icc: Buffer])[] = [
  ["linear gray", 1, grayProfile(curve.linear)],
  ["gray of gamma 1.8", 1, grayProfile(curve.gamma(1.8))],
  ["gray of a table", 1, grayProfile(curve.table(grays.map((level) => (level / 255) ** 3)))],
  ["gray of sRGB's curve", 1, grayProfile(curve.srgb())],
  ["gray by lightness", 1, grayProfile(curve.linear, "Lab ")],
  ["sRGB", 3, rgbProfile(curve.srgb(), primaries.srgb)],
  ["linear sRGB", 3, rgbProfile(curve.linear, primaries.srgb)],
  ["Adobe RGB", 3, rgbProfile(curve.gamma(563 / 256), primaries.adobe)],
  ["Display P3", 3, rgbProfile(curve.srgb(), primaries.displayP3)],
];

describe("sixteen bits with a color profile are what eight bits with it are", () => {
  it.each(profiles)("%s", async (_name, channels, icc) => {
    const levels = channels === 1 ? grays : colors;
    const [shallow, deep] = await Promise.all(
      ([8, 16] as const).map((bits) => decodeFineImage(pngOf(levels, channels, bits, icc), "a")),
    );
    expect(deep?.channels).toBe(channels);
    const apart = shallow?.samples.map((sample, i) => Math.abs(sample - (deep?.samples[i] ?? 2)));
    expect(Math.max(...(apart ?? []))).toBeLessThan(1.6 / 255);
    const { data } = await decodeImage(pngOf(levels, channels, 16, icc), "a");
    expect([...data]).toEqual([...(deep?.samples ?? [])].map((sample) => Math.round(255 * sample)));
  });

  it("linear gray of a quarter becomes 0.537, also under an alpha channel", async () => {
    const icc = grayProfile(curve.linear);
    const { samples } = await decodeFineImage(pngOf([64, 255, 64, 0], 2, 16, icc), "a");
    expect(samples[0]).toBeCloseTo(1.055 * (64 / 255) ** (1 / 2.4) - 0.055, 5);
    expect(samples[1]).toBe(1);
  });
});

describe("a profile", () => {
  it("that is sRGB leaves all sixteen bits as they are", async () => {
    const levels = [0, 1, 60, 128, 254, 255];
    for (const [channels, icc] of [
      [3, rgbProfile(curve.srgb(), primaries.srgb)],
      [1, grayProfile(curve.srgb())],
    ] as const) {
      const { samples } = await decodeFineImage(pngOf(levels, channels, 16, icc), "a");
      expect(samples).toEqual(Float32Array.from(levels, (level) => level / 255));
    }
  });

  it("cut short anywhere, or of another kind, is not understood and never a crash", () => {
    const icc = rgbProfile(curve.gamma(2.2), primaries.adobe);
    for (let length = 0; length < icc.length - 24; length++) {
      expect(parseProfile(icc.subarray(0, length))).toBeUndefined();
    }
    expect(parseProfile(profileOf("RGB ", { A2B0: text("mft2") }))).toBeUndefined();
    expect(parseProfile(grayProfile(text("what")))).toBeUndefined();
  });
});
