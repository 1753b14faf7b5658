import { crc32, deflateSync } from "node:zlib";
import type { Raster } from "./raster.ts";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's colour type by number of channels. */
const colorTypes = { 1: 0, 3: 2 } as const;

/** A PNG file: eight bits, each row filtered as libpng's heuristic would. The same bytes on every machine. */
export function encodePng(raster: Raster): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, raster.width);
  view.setUint32(4, raster.height);
  header.set([8, colorTypes[raster.channels]], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(filterRows(raster), { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Predicts a sample from its left (`a`), upper (`b`) and upper left (`c`) neighbour, in PNG's order of filters. */
const predictors: readonly ((a: number, b: number, c: number) => number)[] = [
  () => 0,
  (a) => a,
  (_, b) => b,
  (a, b) => (a + b) >> 1,
  paeth,
];

function paeth(a: number, b: number, c: number): number {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}

/** Per row, the filter whose residues have the least sum of magnitudes. */
function filterRows({ height, width, channels, data }: Raster): Uint8Array {
  const stride = width * channels;
  const out = new Uint8Array(height * (stride + 1));
  const trial = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    let least = Infinity;
    for (const [filter, predict] of predictors.entries()) {
      let sum = 0;
      for (let x = 0; x < stride; x++) {
        const a = x >= channels ? data[row + x - channels]! : 0;
        const b = y > 0 ? data[row + x - stride]! : 0;
        const c = x >= channels && y > 0 ? data[row + x - stride - channels]! : 0;
        const residue = (data[row + x]! - predict(a, b, c)) & 255;
        trial[x] = residue;
        sum += residue < 128 ? residue : 256 - residue;
      }
      if (sum < least) {
        least = sum;
        out[y * (stride + 1)] = filter;
        out.set(trial, y * (stride + 1) + 1);
      }
    }
  }
  return out;
}
