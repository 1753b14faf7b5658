import { extname } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { writeFileAtomically } from "../files/atomicWrite.ts";
import { encodePng, type PngExtras } from "../formats/png.ts";
import { namedExif } from "./exif.ts";
import { loadSharp } from "./loadSharp.ts";
import { bitsOf, type Picture, toRaster, whiteOf } from "./picture.ts";
import type { OnPictureNote } from "./pictureNote.ts";

/** How a picture is written. */
export interface WritePictureOptions extends PngExtras {
  /** Hears what the format cannot keep. */
  readonly onNote?: OnPictureNote | undefined;
}

type Writer = (
  picture: Picture,
  path: string,
  options: WritePictureOptions,
) => Promise<Uint8Array> | Uint8Array;

/** By the ending of a file's name. */
const writers: Readonly<Record<string, Writer>> = {
  ".png": (picture, _, extras) => encodePng(picture, extras),
  ".webp": encodeWebp,
  ".jpg": encodeJpeg,
  ".jpeg": encodeJpeg,
};

/**
 * Writes a picture, atomically, with the profile and the notes that belong to it: as PNG with all its bits, as lossless WebP of eight
 * bits, or as JPEG of quality 95, by the ending of the name. Throws UserError for other names.
 */
export async function writePicture(
  path: string,
  picture: Picture,
  options: WritePictureOptions = {},
): Promise<void> {
  await writeFileAtomically(path, await writerOf(path)(picture, path, options));
}

/** What {@link writePicture} would refuse, before long work. */
export function checkPictureName(path: string): void {
  writerOf(path);
}

function writerOf(path: string): Writer {
  const writer = writers[extname(path).toLowerCase()];
  if (writer) return writer;
  throw new UserError(
    `${path} cannot be written: end its name in .png, .webp or .jpg, for a picture of that format`,
  );
}

async function encodeJpeg(
  picture: Picture,
  path: string,
  { profile, camera, onNote }: WritePictureOptions,
): Promise<Uint8Array> {
  noteEightBits(picture, path, onNote);
  if (picture.alpha)
    onNote?.({
      kind: "transparent",
      sentence: `${path} is opaque, as all JPEG files are: the picture is laid on white`,
    });
  const sharp = await loadSharp();
  const { data, width, height, channels } = toRaster(picture);
  const image = sharp(data, { raw: { width, height, channels } });
  if (channels === 1) image.toColorspace("b-w");
  const jpeg = await image.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
  const start = jpeg.subarray(0, 2);
  return Buffer.concat([
    start,
    ...(camera ? [segment(0xe1, namedExif(camera))] : []),
    ...(profile ? profileSegments(profile) : []),
    jpeg.subarray(2),
  ]);
}

/** Bytes of a JPEG segment at most. */
const segmentLimit = 65533;

function segment(marker: number, content: Uint8Array): Uint8Array {
  if (content.length > segmentLimit)
    throw new UserError("the camera's notes are longer than a JPEG file can hold");
  const head = Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255);
  return Buffer.concat([head, content]);
}

/** A profile in as many segments as it needs (ICC.1:2022, annex B.4). */
function profileSegments(profile: Uint8Array): readonly Uint8Array[] {
  const part = segmentLimit - 14;
  const count = Math.ceil(profile.length / part);
  return Array.from({ length: count }, (_, i) =>
    segment(
      0xe2,
      Buffer.concat([
        Buffer.from("ICC_PROFILE\0", "latin1"),
        Uint8Array.of(i + 1, count),
        profile.subarray(i * part, (i + 1) * part),
      ]),
    ),
  );
}

async function encodeWebp(
  picture: Picture,
  path: string,
  { profile, camera, onNote }: WritePictureOptions,
): Promise<Uint8Array> {
  noteEightBits(picture, path, onNote);
  const sharp = await loadSharp();
  const { alpha, ...colors } = picture;
  const { width, height } = picture;
  const unit = 255 / whiteOf(picture);
  const opaque = toRaster({ ...colors, bits: bitsOf(picture) });
  let image = sharp(opaque.data, { raw: { width, height, channels: opaque.channels } });
  if (alpha) {
    const opacity = new Uint8Array(alpha.length).map((_, i) => Math.round(unit * alpha[i]!));
    image = image
      .toColorspace("srgb")
      .joinChannel(Buffer.from(opacity), { raw: { width, height, channels: 1 } });
  }
  const webp = await image.webp({ lossless: true, exact: true }).toBuffer();
  if (!profile && !camera) return webp;
  const size = (n: number) => [(n - 1) & 255, ((n - 1) >> 8) & 255, (n - 1) >> 16];
  const flags = (profile ? 32 : 0) | (alpha ? 16 : 0) | (camera ? 8 : 0);
  const body = Buffer.concat([
    Buffer.from("WEBP", "latin1"),
    riffChunk("VP8X", Uint8Array.of(flags, 0, 0, 0, ...size(width), ...size(height))),
    ...(profile ? [riffChunk("ICCP", profile)] : []),
    pixelsOf(webp),
    ...(camera ? [riffChunk("EXIF", camera)] : []),
  ]);
  return riffChunk("RIFF", body);
}

/** The chunk of the samples in a lossless WebP file. */
function pixelsOf(webp: Buffer): Uint8Array {
  for (let at = 12; at + 8 <= webp.length; ) {
    const length = 8 + webp.readUInt32LE(at + 4);
    if (webp.toString("latin1", at, at + 4) === "VP8L")
      return webp.subarray(at, at + length + (length % 2));
    at += length + (length % 2);
  }
  throw new RangeError("a lossless WebP file has a chunk VP8L");
}

function riffChunk(type: string, content: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(8 + content.length + (content.length % 2));
  chunk.write(type, "latin1");
  chunk.writeUInt32LE(content.length, 4);
  chunk.set(content, 8);
  return chunk;
}

function noteEightBits(picture: Picture, path: string, onNote: OnPictureNote | undefined): void {
  if (picture.data instanceof Uint8Array) return;
  onNote?.({
    kind: "depth",
    sentence: `${path} has eight bits a sample: the picture's are rounded, which a name that ends in .png would keep`,
  });
}
