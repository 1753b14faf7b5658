/** Frames of an animated PNG, of which sharp sees only the first; 1 for any other file. */
export function pngFrames(bytes: Uint8Array): number {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.toString("latin1", 1, 4) !== "PNG") return 1;
  for (let at = 8; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString("latin1", at + 4, at + 8);
    if (type === "acTL") return file.readUInt32BE(at + 8);
    if (type === "IDAT") return 1;
  }
  return 1;
}
