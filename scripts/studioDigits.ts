/**
 * Writes the digits that the studio's page trains on: the first of the printed digits of `npm start`, which are drawn from the
 * repository's own outlines, and those of other typefaces to test on, as one safetensors file, packed; and one of the latter as an
 * example picture.
 *
 *   node scripts/studioDigits.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { printedDigits } from "../src/data/digits/printedDigits.ts";
import { joinBytes } from "../src/data/files/joinBytes.ts";
import { encodePng } from "../src/data/formats/png.ts";
import { encodeSafetensors, type StoredTensor } from "../src/data/formats/safetensors.ts";
import { loadImages, openImages } from "../src/data/index.ts";

const counts = { train: 4000, test: 400 } as const;
const digits = join("data", "digits");
const studio = new URL("../studio/", import.meta.url);
const file = fileURLToPath(new URL("models/digits.images.gz", studio));
const example = {
  index: 23, // a three
  file: fileURLToPath(new URL("src/shared/pictures/examples/digit.png", studio)),
};

await printedDigits(digits);
const tensors = new Map<string, StoredTensor>();
for (const part of ["train", "test"] as const) {
  const { rasters, labels } = await loadImages(await openImages(digits, { part }), {
    color: "gray",
    limit: counts[part],
  });
  const data = joinBytes(rasters.map((raster) => raster.data));
  tensors.set(`${part}/images`, { shape: [rasters.length, 28, 28], data });
  const shown = rasters[example.index];
  if (part === "test" && shown) writeFileSync(example.file, encodePng(shown));
  tensors.set(`${part}/labels`, { shape: [rasters.length], data: Uint8Array.from(labels) });
}
writeFileSync(
  file,
  gzipSync(joinBytes(encodeSafetensors({ tensors, metadata: {} })), { level: 9 }),
);
