import { execFile } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { contactSheet } from "../draw/contactSheet.ts";
import { encodePng } from "../formats/png.ts";
import { loadSharp } from "./loadSharp.ts";
import type { Raster } from "./raster.ts";

/** Bytes that lossless formats need for the same pictures. JPEG XL only where its `cjxl` is on the PATH. */
export interface RivalBytes {
  readonly png: number;
  readonly webp: number;
  readonly jxl?: number;
}

/** The same, and of how many files. */
export type RivalFiles = RivalBytes & { readonly files: number };

/** Most pictures of a sheet. */
export const mostOnSheet = 1024;

/** The longest side of a picture that is put on a sheet. */
const longestSide = 64;

/** Encodes pictures losslessly in other formats, picture by picture, and adds up their bytes. */
export interface RivalCounter {
  add(raster: Raster): Promise<void>;
  /** The bytes of all pictures, and of how many files. */
  finish(): Promise<RivalFiles>;
}

/**
 * Counts what PNG and WebP (by sharp, at their highest effort; PNG with filters or without, whichever is smaller) and JPEG XL (`cjxl -d 0 -e 9`) need. A file of a tiny picture
 * is mostly header, so pictures of up to 64 pixels a side lie side by side on sheets of up to 1,024 of the same size, without
 * space between them; larger ones are files of their own. Throws UserError with code `missing-dependency` without sharp.
 */
export async function rivalCounter(): Promise<RivalCounter> {
  const sharp = await loadSharp();
  const waiting = new Map<string, Raster[]>();
  const sum = { png: 0, webp: 0, jxl: 0, files: 0 };
  const hasJxl = await run("cjxl", ["--version"]).then(
    () => true,
    () => false,
  );

  async function encode(rasters: readonly Raster[]): Promise<void> {
    const columns = Math.ceil(Math.sqrt(rasters.length));
    const [first] = rasters;
    const { data, width, height, channels } =
      first && rasters.length === 1 ? first : contactSheet(rasters, { columns, padding: 0 });
    const image = () => {
      const picture = sharp(data, { raw: { width, height, channels } });
      return channels === 1 ? picture.toColorspace("b-w") : picture;
    };
    sum.files++;
    // PNG's own `effort` is that of reducing colors, which is not lossless; filters help photographs and hurt drawings.
    const png = (adaptiveFiltering: boolean) =>
      image().png({ compressionLevel: 9, adaptiveFiltering, palette: false }).toBuffer();
    sum.png += Math.min((await png(false)).length, (await png(true)).length);
    sum.webp += (await image().webp({ lossless: true, effort: 6 }).toBuffer()).length;
    if (hasJxl) sum.jxl += await jxlBytes({ data, width, height, channels });
  }
  return {
    async add(raster) {
      const { width, height, channels } = raster;
      if (Math.max(width, height) > longestSide) return encode([raster]);
      const key = `${width}×${height}×${channels}`;
      const some = waiting.get(key) ?? [];
      some.push(raster);
      waiting.set(key, some);
      if (some.length < mostOnSheet) return;
      waiting.delete(key);
      await encode(some);
    },
    async finish() {
      for (const some of waiting.values()) await encode(some);
      waiting.clear();
      const { png, webp, jxl, files } = sum;
      return { png, webp, ...(hasJxl && { jxl }), files };
    },
  };
}

const run = promisify(execFile);

/** Bytes of a picture as JPEG XL, by the program of its authors. */
async function jxlBytes(raster: Raster): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "ondelette-"));
  try {
    const [png, jxl] = [join(folder, "picture.png"), join(folder, "picture.jxl")];
    await writeFile(png, encodePng(raster));
    await run("cjxl", ["-d", "0", "-e", "9", "--quiet", png, jxl]);
    return (await stat(jxl)).size;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The sums of what was counted of two lots of pictures. */
export const bothRivals = (a: RivalFiles, b: RivalFiles): RivalFiles => ({
  ...{ png: a.png + b.png, webp: a.webp + b.webp, files: a.files + b.files },
  ...(a.jxl !== undefined && b.jxl !== undefined && { jxl: a.jxl + b.jxl }),
});
