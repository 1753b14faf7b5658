import { loadSharp } from "../../src/data/images/loadSharp.ts";
import type { ByQuality } from "./contestant.ts";
import { decodeAs } from "./decodeAs.ts";

/** JPEG by mozjpeg, as sharp has it: trellis quantization, optimized scans. Two ways of color, one of gray. */
export async function mozjpegs(channels: 1 | 3): Promise<ByQuality[]> {
  const sharp = await loadSharp();
  const ways = channels === 3 ? (["4:4:4", "4:2:0"] as const) : (["4:4:4"] as const);
  return ways.map((chromaSubsampling) => ({
    ...{ kind: "quality", name: `JPEG by mozjpeg (${chromaSubsampling})`, runs: "here" },
    version: `mozjpeg of libvips ${sharp.versions.mozjpeg ?? sharp.versions.vips} ${chromaSubsampling}`,
    steps: 100,
    encode({ data, width, height, channels }, step) {
      const image = sharp(data, { raw: { width, height, channels } });
      const options = { quality: step + 1, mozjpeg: true, chromaSubsampling };
      return (channels === 1 ? image.toColorspace("b-w") : image).jpeg(options).toBuffer();
    },
    decode: decodeAs,
  }));
}
