import type { Raster } from "../../src/data/images/raster.ts";

/** A binary PGM or PPM file, which every program here reads. */
export function writePnm({ width, height, channels, data }: Raster): Uint8Array {
  const header = `P${channels === 3 ? 6 : 5}\n${width} ${height}\n255\n`;
  return Buffer.concat([Buffer.from(header), data]);
}

/** Reads a binary PGM or PPM file of eight bits, with comments or without. Throws Error for any other file. */
export function readPnm(bytes: Uint8Array): Raster {
  const head = Buffer.from(bytes.subarray(0, 1000)).toString("latin1");
  const found = /^P([56])\s(?:\s|#.*\n)*(\d+)\s(?:\s|#.*\n)*(\d+)\s(?:\s|#.*\n)*255\s/.exec(head);
  if (!found) throw new Error("this is no PGM or PPM file of eight bits");
  const [header, kind, width, height] = found;
  const raster = { width: Number(width), height: Number(height), channels: kind === "6" ? 3 : 1 };
  const data = bytes.subarray(header.length);
  if (data.length !== raster.width * raster.height * raster.channels)
    throw new Error(`a picture of ${width}×${height} has ${data.length} samples`);
  return { ...raster, data } as Raster;
}
