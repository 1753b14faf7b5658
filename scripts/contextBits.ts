/**
 * The static context coder's figure on a whole data set, and the speed of the walk.
 *
 *   node scripts/contextBits.ts ../shared/data/mnist haar 0.125 3000                  1083.0 bits per image
 *   node scripts/contextBits.ts ../shared/data/fashion-mnist-part bior4.4 0.0625 1813 1676.3 bits per image
 *
 * Fits on the first images of the train part, scores the whole test part.
 */
import { decodeTokens, encodeTokens, fitContextCoder } from "../src/codec/index.ts";
import { openImages, type Part } from "../src/data/index.ts";
import { analyze, imageLanguage, isImageWavelet } from "../src/image/index.ts";

const [data = "", wavelet = "", finest, fitted] = process.argv.slice(2);
if (!isImageWavelet(wavelet)) throw new Error(`no wavelet is called ${wavelet}`);
const language = imageLanguage({ wavelet, finest: Number(finest) }, { width: 28, height: 28 });

async function matrices(part: Part, limit: number): Promise<readonly Float64Array[]> {
  const source = await openImages(data, { part });
  const count = Math.min(source.count, limit);
  const rasters = await Promise.all(Array.from({ length: count }, (_, i) => source.read(i)));
  return rasters.map((raster) => analyze(raster, language));
}
const encode = (matrix: Float64Array) => encodeTokens(matrix, language.tokens);

const train = (await matrices("train", Number(fitted))).map(encode);
const test = await matrices("test", Number.POSITIVE_INFINITY);
const coder = fitContextCoder(train, language.tokens);

let start = performance.now();
const streams = test.map(encode);
const encoding = performance.now() - start;
start = performance.now();
for (const stream of streams) decodeTokens(stream, language.tokens);
const decoding = performance.now() - start;

const tokens = streams.reduce((sum, stream) => sum + stream.tokens.length, 0);
const bits = streams.reduce((sum, stream) => sum + coder.bits(stream, language.tokens), 0);
console.log(
  `${(bits / streams.length).toFixed(1)} bits per image, ${(bits / tokens).toFixed(3)} per token`,
);
console.log(
  `${((1e6 * encoding) / tokens).toFixed(0)} ns per token to encode, ` +
    `${((1e6 * decoding) / tokens).toFixed(0)} ns to decode`,
);
