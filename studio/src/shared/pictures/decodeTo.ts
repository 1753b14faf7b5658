import type { Raster } from "ondelette/data";

/** The size and color that pictures are brought to. */
export interface Form {
  readonly width: number;
  readonly height: number;
  readonly color: "gray" | "ycbcr";
}

/**
 * Decodes a picture and brings it to a size: scaled until it covers it, and cut at the edges; transparency over black. Works in a
 * worker as well. Throws an Error that names the file where it is no picture.
 */
export async function decodeTo(file: Blob, name: string, form: Form): Promise<Raster> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) throw new Error(`${name} is not a picture that this browser can read`);
  const { width, height } = form;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser cannot draw on a canvas");
  const scale = Math.max(width / bitmap.width, height / bitmap.height);
  const [w, h] = [bitmap.width * scale, bitmap.height * scale];
  context.imageSmoothingQuality = "high";
  context.fillStyle = "black";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h);
  bitmap.close();
  return fromRgba(context.getImageData(0, 0, width, height).data, form);
}

/** A raster from red, green, blue and opacity: of gray ones the luma (ITU-R BT.601). */
export function fromRgba(rgba: ArrayLike<number>, { width, height, color }: Form): Raster {
  const channels = color === "gray" ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue] = [0, 1, 2].map((c) => rgba[4 * pixel + c] ?? 0) as [
      number,
      number,
      number,
    ];
    if (channels === 1) data[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    else data.set([red, green, blue], 3 * pixel);
  }
  return { width, height, channels, data };
}
