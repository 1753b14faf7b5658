import { afterEach, expect, test, vi } from "vitest";
import type { Raster } from "../../data/images/raster.ts";
import { webAssembly } from "../../wasm/webAssembly.ts";
import { photoPicture } from "../compression/testing.ts";

/** All sizes take plain TypeScript more than a minute. */
vi.setConfig({ testTimeout: 600_000 });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** What engines may round as they like. */
const free = [
  ...["exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot", "tanh"],
  ...["sin", "cos", "tan", "sinh", "cosh", "asin", "acos", "atan", "asinh", "acosh", "atanh"],
] as const;

/** A Math whose functions are off, as those of another engine are, only far more so. */
const otherMath = Object.create(
  Math,
  Object.fromEntries(
    free.map((name) => {
      const of = Reflect.get(Math, name) as (...x: number[]) => number;
      return [name, { value: (...x: number[]) => of(...x) * (1 + 1e-3) }];
    }),
  ),
);

const isThorough = process.env.ONDELETTE_TEST_ALL === "1";
const sizes = isThorough
  ? [
      [1, 1],
      [2, 3],
      [7, 1],
      [16, 16],
      [33, 20],
      [64, 48],
      [100, 75],
      [128, 128],
      [300, 200],
    ]
  : [
      [1, 1],
      [5, 3],
      [33, 20],
    ];
const pictures = sizes.flatMap(([width, height]) =>
  ([1, 3] as const).map((channels) => photoPicture(width!, height!, channels, 7)),
);

/** The codec as it loads on an engine. */
async function codec() {
  const { codeLosslessly } = await import("../compression/codePicture.ts");
  const { laidOut } = await import("../compression/layout/encodeLaidOut.ts");
  const { codeToAim } = await import("../compression/rate.ts");
  const { readPictureFile, writePictureFile } = await import("./pictureFile.ts");
  return {
    encode: (picture: Raster) =>
      [
        codeLosslessly(picture),
        codeToAim(picture, { step: 9 }),
        codeToAim(picture, { step: 9 }, undefined, 40),
        codeLosslessly(picture, laidOut({ order: "resolution", tileSide: undefined })),
        codeToAim(picture, { step: 9 }, laidOut({ order: "resolution", tileSide: 64 })),
        ...(isThorough ? [codeToAim(picture, { bytes: 150 })] : []),
      ].map(({ head, code }) => writePictureFile(head, code)),
    decode: (file: Uint8Array) => readPictureFile(file, "file"),
  };
}

test.each([
  ["has no WebAssembly", undefined],
  ["has no vectors", { ...webAssembly, validate: () => false }],
])("an engine that %s makes the same files, and the same pictures of them", async (_, other) => {
  const here = await codec();
  vi.resetModules();
  vi.stubGlobal("WebAssembly", other);
  const there = await codec();
  expect(there.encode).not.toBe(here.encode);
  for (const picture of pictures) {
    const files = here.encode(picture);
    expect(there.encode(picture)).toEqual(files);
    for (const file of files) {
      expect(there.decode(file)).toEqual(here.decode(file));
      const beginning = file.subarray(0, (3 * file.length) / 4);
      if (beginning.length > 40) expect(there.decode(beginning)).toEqual(here.decode(beginning));
    }
  }
});

test("an engine that rounds logarithms and powers otherwise makes the same pictures", async () => {
  const here = await codec();
  const files = pictures.flatMap(here.encode);
  const expected = files.map(here.decode);
  vi.resetModules();
  vi.stubGlobal("Math", otherMath);
  const there = await codec();
  expect(files.map(there.decode)).toEqual(expected);
});
