import { extname } from "node:path";
import { readNpy } from "../../data/formats/npyFile.ts";
import { readSound } from "../../data/formats/wavFile.ts";
import { readFineImage } from "../../data/images/decodeFineImage.ts";
import { imageExtensions } from "../../data/images/imageExtensions.ts";
import { noteDecoding } from "../../data/images/openPicture.ts";
import type { OnPictureNote } from "../../data/images/pictureNote.ts";
import { UserError } from "../../errors/userError.ts";
import { arraySignal, type SignalOptions, soundSignal } from "./decodedSignal.ts";
import { graySignal } from "./graySignal.ts";
import type { Signal } from "./signal.ts";

/** How a file becomes a signal. */
export interface LoadOptions extends SignalOptions {
  /** `gray` makes one channel of several: the luma of color pictures, else the mean. */
  readonly channels?: "all" | "gray";
  /** Pixels of a picture's longer side at most; a larger one is reduced. Infinity keeps every size. */
  readonly maxSize?: number;
}

/** `maxSize` where none is given: a picture that a field can be fitted to in minutes. */
export const defaultMaxSize = 1024;

/**
 * Reads a file of samples, by the ending of its name:
 * - a picture (.png, .jpg and others): gray or color, eight or sixteen bits, black -1 and white 1. The camera's
 *   orientation is applied, transparency lies on white, an animation or a document gives its first frame, a picture
 *   larger than `maxSize` is reduced; `notice` hears of all but the first;
 * - a sound (.wav) of one or two channels. One beyond full scale is scaled so that its loudest sample is ±1 (`range`);
 * - an array (.npy) of one to three axes and, if `channelAxis` says so, one of channels. Its least and greatest number
 *   become -1 and 1; those of unsigned bytes 0 and 255, as of a picture (`range`).
 *
 * Throws UserError, naming the file, where it is missing, damaged, empty, or has a number that is not finite.
 */
export async function loadSignal(path: string, options: LoadOptions = {}): Promise<Signal> {
  const ending = extname(path).toLowerCase();
  const read = ending === ".npy" ? loadArray : ending === ".wav" ? loadSound : loadPicture;
  if (ending === ".ondl")
    throw new UserError(
      `${path} is compressed; decode it before a field is fitted to it`,
      "unsupported-file",
    );
  if (read === loadPicture && !imageExtensions.has(ending)) {
    const endings = [...imageExtensions, ".wav", ".npy"].join(", ");
    throw new UserError(
      `${path} cannot be read: signals are files that end in ${endings}`,
      "unsupported-file",
    );
  }
  const signal = await read(path, options);
  return options.channels === "gray" ? graySignal(signal) : signal;
}

async function loadPicture(path: string, options: LoadOptions): Promise<Signal> {
  const { maxSize = defaultMaxSize, notice = () => {} } = options;
  const onNote: OnPictureNote = ({ sentence }) => notice(sentence);
  const picture = await readFineImage(path, { maxSize, onNote });
  const { width, height, channels, samples, original } = picture;
  noteDecoding(path, picture, onNote);
  if (width !== original.width || height !== original.height) {
    notice(
      `${path} has ${original.width}×${original.height} pixels and is reduced to ${width}×${height}`,
    );
  }
  return {
    size: [height, width],
    channels,
    values: samples.map((sample) => 2 * sample - 1),
  };
}

const loadSound: typeof loadPicture = async (path, options) =>
  soundSignal(await readSound(path, options), path, options);

const loadArray: typeof loadPicture = async (path, options) =>
  arraySignal(await readNpy(path), path, options);
