/**
 * Sizes of what a page loads of the codec and its element: minified bundles that Vite makes of the built package, compressed by gzip.
 *
 *   npm run build && node scripts/bundleSizes.ts
 */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const codec = JSON.stringify(join(root, "dist/codec.js"));
const codecModel = JSON.stringify(join(root, "dist/codecModel.js"));
const element = JSON.stringify(join(root, "dist/element/element.js"));

const programs = {
  "ondelette/codec": `export * from ${codec};`,
  decoder: `export { decodePicture, decodeProgressively, pictureInfo } from ${codec};`,
  "ondelette/codec/model": `export * from ${codecModel};`,
  encoder: `export { encodePicture } from ${codec};`,
  "ondelette/element": `import ${element};`,
};

for (const [name, program] of Object.entries(programs)) {
  const built = await build({
    root,
    configFile: false,
    logLevel: "warn",
    worker: { format: "es" },
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === "program" ? "\0program" : undefined),
        load: (id) => (id === "\0program" ? program : undefined),
      },
    ],
    build: {
      write: false,
      target: "es2024",
      modulePreload: false,
      rolldownOptions: { input: "program", preserveEntrySignatures: "strict" },
    },
  });
  for (const file of [built].flat().flatMap((each) => ("output" in each ? each.output : []))) {
    const content = file.type === "chunk" ? file.code : file.source;
    const zipped = gzipSync(content, { level: 9 }).length;
    console.log(`${name}: ${file.fileName} ${content.length} bytes, ${zipped} by gzip`);
  }
}
