import { UserError } from "../../errors/userError.ts";
import {
  type DecodedPicture,
  type DecodePictureOptions,
  decodePicture,
  type PictureInfo,
  pictureInfo,
} from "./decodePicture.ts";
import { growingBytes } from "./growingBytes.ts";

/** Pieces of a file, as they arrive: the body of a `Response`, a file's stream, or any iterable. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Options of {@link decodeProgressively}. */
export interface ProgressiveOptions extends DecodePictureOptions {
  /** Is called once, as soon as the first bytes tell the picture's size. */
  readonly onInfo?: (info: PictureInfo) => void;
  /**
   * The share of the time since the beginning that may have gone into pictures before the last when another one is begun: ½ by
   * default, 0 for none, 1 for one at each doubling of the bytes.
   */
  readonly previewShare?: number;
  /** Stops the work: its reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Decodes a compressed picture while its bytes arrive. `onPicture` is given coarser pictures, never at less than twice the bytes of
 * the one before, and at last the picture of the whole stream, which is the result as well. A coarser picture is decoded only when
 * no bytes are waiting and the time allows: of a file that is there at once there is the last picture alone.
 *
 * Where a size or a region is wanted, the stream is read no further than that needs.
 *
 * Throws UserError as {@link decodePicture} does, and what the stream throws. A stream that ends early gives the picture of its bytes, with
 * `missingBytes`.
 *
 * @example
 * ```ts
 * import { decodeProgressively, encodePicture } from "ondelette/codec";
 *
 * const data = Uint8Array.from({ length: 96 * 64 }, (_, i) => (i % 96) * 2 + (i % 7));
 * const { file } = encodePicture({ width: 96, height: 64, channels: 1, data }, { quality: 80 });
 * async function* slowly() {
 *   for (let at = 0; at < file.length; at += 100) {
 *     yield file.subarray(at, at + 100);
 *     await new Promise((resolve) => setTimeout(resolve, 20));
 *   }
 * }
 * const missing: number[] = [];
 * await decodeProgressively(slowly(), ({ missingBytes }) => missing.push(missingBytes));
 * console.log(missing.length > 2, missing.at(-1));
 * // → true 0
 * ```
 */
export async function decodeProgressively(
  stream: ByteStream,
  onPicture: (picture: DecodedPicture) => void,
  options: ProgressiveOptions = {},
): Promise<DecodedPicture> {
  const { onInfo, previewShare = 0.5, signal, ...file } = options;
  const isPart = file.size !== undefined || file.region !== undefined;
  const bytes = growingBytes();
  const began = performance.now();
  let info: PictureInfo | undefined;
  let previewTime = 0;
  let last: DecodedPicture | undefined;
  let lastLength = 0;

  /** Whether a picture of the bytes at hand is worth its time. */
  function isTime(): boolean {
    const isLonger = bytes.all().length >= Math.max(2 * lastLength, leastBytes);
    const isAllowed = previewShare > 0 && previewTime <= previewShare * (performance.now() - began);
    return info !== undefined && isLonger && isAllowed;
  }
  function show(): DecodedPicture {
    // The last bytes may have been decoded before the stream said that they are.
    if (!last || bytes.all().length > lastLength) last = decodePicture(bytes.all(), file);
    lastLength = bytes.all().length;
    onPicture(last);
    return last;
  }

  const pieces = piecesOf(stream);
  try {
    for (let next = pieces.next(); ; next = pieces.next()) {
      // What waits to be read goes before what could be shown.
      const arrived = await stopping(Promise.race([next, pause()]), signal);
      if (arrived === "nothing yet" && isTime()) {
        const from = performance.now();
        const picture = show();
        if (isPart && picture.finished) return picture; // what follows would not make it finer
        previewTime += performance.now() - from;
      }
      const { done, value } = await stopping(next, signal);
      if (done) break;
      bytes.add(value);
      info ??= noted(pictureInfo(bytes.all(), file), onInfo);
    }
  } finally {
    // A stream that was not read to its end is told so; what it answers changes nothing.
    pieces.return?.().catch(() => {});
  }
  if (bytes.all().length === 0) throw new UserError(`${file.name ?? "the picture"} is empty`);
  return show();
}

/** Fewer bytes show hardly anything. */
const leastBytes = 256;

function noted(
  info: PictureInfo | undefined,
  onInfo: ((info: PictureInfo) => void) | undefined,
): PictureInfo | undefined {
  if (info) onInfo?.(info);
  return info;
}

/** A turn of the event loop, in which all that has arrived is told. */
const pause = (): Promise<"nothing yet"> =>
  new Promise((resolve) => setTimeout(resolve, 0, "nothing yet"));

/** What a promise gives, or the reason of a signal if that comes before. */
function stopping<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

/** The pieces of a stream. Not every browser can iterate over a `ReadableStream`. */
function piecesOf(stream: ByteStream): AsyncIterator<Uint8Array> {
  if (!("getReader" in stream)) return stream[Symbol.asyncIterator]();
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}
