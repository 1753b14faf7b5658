/**
 * Sizes of what a page loads of the wavelets, the codec and its element: minified bundles that Vite makes of the built package,
 * compressed by gzip.
 *
 *   npm run build && node scripts/bundleSizes.ts
 */
import { join } from "node:path";
import { bundle } from "./bundle.ts";

const root = join(import.meta.dirname, "..");
const wavelets = JSON.stringify(join(root, "dist/wavelets/index.js"));
const codec = JSON.stringify(join(root, "dist/codec.js"));
const codecModel = JSON.stringify(join(root, "dist/codecModel.js"));
const element = JSON.stringify(join(root, "dist/element/element.js"));

const programs = {
  wavedec: `export { wavedec } from ${wavelets};`,
  "wavedec and waverec": `export { wavedec, waverec } from ${wavelets};`,
  cwt: `export { cwt } from ${wavelets};`,
  denoise: `export { denoise } from ${wavelets};`,
  "ondelette/wavelets": `export * from ${wavelets};`,
  "ondelette/codec": `export * from ${codec};`,
  decoder: `export { decodePicture, decodeProgressively, pictureInfo } from ${codec};`,
  "ondelette/codec/model": `export * from ${codecModel};`,
  encoder: `export { encodePicture } from ${codec};`,
  "ondelette/element": `import ${element};`,
};

for (const [name, program] of Object.entries(programs))
  for (const file of await bundle(program))
    console.log(`${name}: ${file.name} ${file.bytes} bytes, ${file.zipped} by gzip`);
