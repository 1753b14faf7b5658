// Compression: writes a picture as a file of wavelet tokens, and decodes the file and beginnings of it.
// Run: node examples/10-compress-and-decompress.ts [FOLDER]
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { encodeTokens } from "ondelette/codec";
import { contactSheet, drawSvg, type Raster, writeImage } from "ondelette/data";
import * as image from "ondelette/image";

const picture = await drawSvg(`
  <svg xmlns="http://www.w3.org/2000/svg" width="192" height="128">
    <radialGradient id="sky" cy="1"><stop stop-color="#fd8"/><stop offset="1" stop-color="#358"/></radialGradient>
    <rect width="192" height="128" fill="url(#sky)"/>
    <circle cx="96" cy="70" r="20" fill="#fe9"/>
    <path d="M0 128 V80 Q48 40 96 84 T192 70 V128 Z" fill="#264"/>
    <path d="M60 128 L92 86 L100 86 L140 128 Z" fill="#ca7"/>
  </svg>`);

// The finest threshold decides about quality and size: half of it is about 5 dB more.
const options = { wavelet: "bior4.4", finest: 1 / 32, color: "ycbcr", padding: "edge" } as const;
const language = image.imageLanguage(options, picture);
const encoding = encodeTokens(image.analyze(picture, language), language.tokens);
const path = `${process.argv[2] ?? tmpdir()}/picture.ondl`;
await writeFile(path, image.writeContainer(encoding, language));

// The file says how to decode it. Its tokens go from coarse to fine, so any beginning is a picture.
const file = await readFile(path);
console.log(`${path}: ${file.length} bytes of ${picture.data.length}`);
const decoded: Raster[] = [];
const sizes = [16, 8, 4, 2, 1].map((part) => Math.round(file.length / part));
for (const bytes of sizes) {
  const beginning = image.readContainer(file.subarray(0, bytes), path);
  const quality = image.imagePsnr(picture, beginning.approximation, beginning.language);
  console.log(`${bytes} bytes: ${quality.toFixed(1)} dB`);
  decoded.push(image.synthesize(beginning.approximation, beginning.language).raster);
}
const columnLabels = [...sizes.map((bytes) => `${bytes} bytes`), "original"];
const sheet = contactSheet([...decoded, picture], { columns: 6, columnLabels });
await writeImage(path.replace(".ondl", ".png"), sheet);
console.log(path.replace(".ondl", ".png"));
