/** The tag of a picture's orientation (TIFF 6.0, section 8). */
const orientation = 0x0112;

/**
 * The EXIF notes of a picture that was turned upright: the same bytes, from the byte order on, in which the orientation is 1. What is no
 * EXIF comes back unchanged.
 */
export function uprightExif(exif: Uint8Array): Uint8Array {
  const notes = Uint8Array.from(withoutName(exif));
  const view = new DataView(notes.buffer);
  if (notes.length < 14) return notes;
  const isLittle = notes[0] === 0x49;
  const first = view.getUint32(4, isLittle);
  if (first + 2 > notes.length) return notes;
  const count = view.getUint16(first, isLittle);
  for (let i = 0, at = first + 2; i < count && at + 12 <= notes.length; i++, at += 12)
    if (view.getUint16(at, isLittle) === orientation) view.setUint16(at + 8, 1, isLittle);
  return notes;
}

/** JPEG names the notes before they begin. */
const name = "Exif\0\0";

const withoutName = (exif: Uint8Array): Uint8Array =>
  [...name].every((letter, i) => exif[i] === letter.charCodeAt(0))
    ? exif.subarray(name.length)
    : exif;

/** The notes as a JPEG file has them. */
export function namedExif(notes: Uint8Array): Uint8Array {
  const named = new Uint8Array(name.length + notes.length);
  named.set(Uint8Array.from(name, (letter) => letter.charCodeAt(0)));
  named.set(notes, name.length);
  return named;
}
