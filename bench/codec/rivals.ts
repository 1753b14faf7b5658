import type { Paths, Rival } from "./rival.ts";

const chromaWays = (full: readonly string[], half: readonly string[]) => ({
  "4:4:4": { args: full },
  "4:2:0": { args: half, colorOnly: true },
});

/** One way of encoding, without more options. */
export const one = { plain: { args: [] } } as const;

/** From `first` to `last` in equal ratios. */
const geometric = (first: number, last: number, step: number, steps: number) =>
  first * (last / first) ** (step / (steps - 1));

const jpeg = {
  ...{ package: "libjpeg-turbo-progs", encoder: "cjpeg", decoder: "djpeg" },
  ...{ versionWord: "-version", format: "pnm", ending: "jpg", steps: 100 },
  ways: chromaWays(["-sample", "1x1"], ["-sample", "2x2"]),
  encode: ({ input, file, step, way }) => [
    ...["-quality", `${step + 1}`, "-optimize", "-progressive", ...way],
    ...["-outfile", file, input],
  ],
  decode: ({ file, output }: Paths) => ["-pnm", "-outfile", output, file],
} as const satisfies Partial<Rival>;

export const jpegXl = {
  ...{ package: "libjxl-tools", encoder: "cjxl", decoder: "djxl" },
  ...{ versionWord: "--version", format: "pnm", ending: "jxl" },
  decode: ({ file, output }: Paths) => [file, output, "--quiet", "--num_threads=0"],
} as const satisfies Partial<Rival>;
const jpegXlLossy = {
  ...{ ...jpegXl, steps: 1024 },
  encode: ({ input, file, step, way }) => [
    ...[input, file, "--quiet", "--num_threads=0", ...way],
    ...["-d", geometric(25, 0.02, step, 1024).toFixed(5)],
  ],
} as const satisfies Partial<Rival>;

/** The codestream without the boxes of .jp2. */
export const jpeg2000 = {
  ...{ package: "libopenjp2-tools", encoder: "opj_compress", decoder: "opj_decompress" },
  ...{ versionWord: "-h", format: "pnm", ending: "j2k" },
  decode: ({ file, output }: Paths) => ["-i", file, "-o", output],
} as const satisfies Partial<Rival>;
/** The 9/7 with its color transform, one tile, no comment. */
const irreversible = ["-I", "-C", ""];
const ratioOf = (bpp: number, channels: number) => `${(8 * channels) / bpp}`;
/** Bits per pixel of the quality layers of a file that is to be cut, 7 % apart. */
const layers = Array.from({ length: 64 }, (_, i) => geometric(0.03, 2.2, i, 64));
/** How many of them are whole in the beginning of a file, at least one. */
function layersWithin(bytes: Uint8Array): number {
  const header = new DataView(bytes.buffer, bytes.byteOffset);
  const pixels = header.getUint32(8) * header.getUint32(12);
  return Math.max(1, layers.filter((bpp) => bpp <= (8 * bytes.length) / pixels).length);
}

export const webp = {
  ...{ package: "webp", encoder: "cwebp", decoder: "dwebp" },
  ...{ versionWord: "-version", format: "pnm", ending: "webp" },
  decode: ({ file, output }: Paths) => [file, "-quiet", "-ppm", "-o", output],
} as const satisfies Partial<Rival>;

/**
 * The rivals, each set for the best PSNR that its own options were found to give, on one thread. Where one of two ways is better
 * depends on the picture and the budget, both are tried.
 */
export const rivals = {
  jpeg: { ...jpeg, name: "JPEG" },
  webp: {
    ...{ ...webp, name: "WebP", steps: 401 },
    ways: {
      filtered: { args: ["-sns", "0", "-sharp_yuv"] },
      unfiltered: { args: ["-sns", "0", "-sharp_yuv", "-f", "0"] },
    },
    encode: ({ input, file, step, way }) => [
      ...["-quiet", "-m", "6", ...way, "-q", `${step / 4}`, input, "-o", file],
    ],
  },
  jpeg2000: {
    ...{ ...jpeg2000, name: "JPEG 2000", steps: 1024 },
    ways: { "6 resolutions": { args: ["-n", "6"] }, "5 resolutions": { args: ["-n", "5"] } },
    encode: ({ input, file, step, way, channels }) => [
      ...["-i", input, "-o", file, ...irreversible, ...way],
      ...["-r", ratioOf(geometric(0.02, 8 * channels, step, 1024), channels)],
    ],
  },
  avif: {
    ...{ name: "AVIF", package: "libavif-bin", encoder: "avifenc", decoder: "avifdec" },
    ...{ versionWord: "--version", format: "png", ending: "avif", steps: 64 },
    ways: one,
    // Ten bits are better than eight, and 4:4:4 than 4:2:0.
    encode: ({ input, file, step, channels }) => [
      ...["-d", "10", "-y", channels === 1 ? "400" : "444"],
      ...["-j", "1", "-s", "4", "--min", "0", "--max", "63", "-a", "end-usage=q"],
      ...["-a", `cq-level=${63 - step}`, "-a", "tune=psnr"],
      ...[input, file],
    ],
    decode: ({ file, output }: Paths) => ["-j", "1", "--png-compress", "0", file, output],
  },
  jpegXl: {
    ...jpegXlLossy,
    name: "JPEG XL",
    ways: { "effort 7": { args: ["-e", "7"] }, "effort 8": { args: ["-e", "8"] } },
  },
  jpegXlPrefix: {
    ...{ ...jpegXlLossy, name: "JPEG XL progressive", prefix: true },
    ways: { passes: { args: ["-p"] }, squeeze: { args: ["-m", "1", "-R", "1"] } },
    decode: (job) => [...jpegXl.decode(job), "--allow_partial_files"],
  },
  jpeg2000Prefix: {
    ...{ ...jpeg2000, name: "JPEG 2000 layered", prefix: true, steps: 1 },
    ways: { "6 resolutions": { args: ["-n", "6"] } },
    encode: ({ input, file, way, channels }) => [
      ...["-i", input, "-o", file, ...irreversible, ...way],
      ...["-r", layers.map((bpp) => ratioOf(bpp, channels)).join(",")],
    ],
    // OpenJPEG's pictures of packets that are cut are worse than those without.
    decode: ({ bytes, ...job }) => [
      ...["-allow-partial", "-l", `${layersWithin(bytes)}`, ...jpeg2000.decode(job)],
    ],
  },
  jpegPrefix: { ...jpeg, name: "JPEG progressive", prefix: true },
} as const satisfies Record<string, Rival>;
