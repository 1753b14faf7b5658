import type { Sharp } from "sharp";
import { UserError } from "../../errors/userError.ts";
import { loadSharp } from "./loadSharp.ts";
import type { OnPictureNote } from "./pictureNote.ts";

/** How a picture is decoded. */
export interface DecodeOptions {
  /** Receives what was done to the picture: transparency laid on white, frames left out, a missing end supplied. */
  readonly onNote?: OnPictureNote | undefined;
}

/**
 * Hands the bytes of a picture to `decode`, which reads them with sharp. A JPEG file that lacks nothing but its end marker is
 * given one. Throws UserError, naming the picture, where it is damaged or of an unknown format.
 */
export async function openPicture<T>(
  bytes: Uint8Array,
  name: string,
  { onNote }: DecodeOptions,
  decode: (
    open: (options?: { readonly ignoreIcc?: boolean }) => Sharp,
    bytes: Uint8Array,
  ) => Promise<T>,
): Promise<T> {
  const sharp = await loadSharp();
  const attempt = (whole: Uint8Array, failOn: "truncated" | "warning") =>
    decode((options) => sharp(whole, { failOn, ...options }), whole);
  try {
    return await attempt(bytes, "truncated");
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (lacksEndMarker(bytes)) {
      // With an end marker libjpeg accepts anything, but it warns where parts of the picture are missing.
      const ended = await attempt(Buffer.concat([bytes, endMarker]), "warning").catch(
        () => undefined,
      );
      if (ended !== undefined) {
        onNote?.({
          kind: "no-end-marker",
          sentence: `${name} lacks the end marker of a JPEG file; all of the picture is there`,
        });
        return ended;
      }
    }
    throw new UserError(
      `${name} is not a picture that can be read: ${plain(error)}`,
      "damaged-file",
    );
  }
}

const endMarker = Uint8Array.of(0xff, 0xd9);

function lacksEndMarker(bytes: Uint8Array): boolean {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  return isJpeg && !(bytes.at(-2) === endMarker[0] && bytes.at(-1) === endMarker[1]);
}

/** The first line of what sharp says, without its "Input buffer" prefix, and without the colon before a next line. */
function plain(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line.replace(/^Input buffer (contains |has )?/, "").replace(/:\s*$/, "");
}

/** The notes of a picture of several frames, or of one that is transparent in places. */
export function noteDecoding(
  name: string,
  { frames, transparent }: { readonly frames: number; readonly transparent: boolean },
  onNote: OnPictureNote | undefined,
): void {
  if (frames > 1) {
    onNote?.({
      kind: "frames",
      sentence: `${name} has ${frames} frames or pages; the first is taken`,
    });
  }
  if (transparent) {
    onNote?.({
      kind: "transparent",
      sentence: `${name} is transparent in places; it is laid on white`,
    });
  }
}
