import { UserError } from "../../errors/userError.ts";
import type { ReadRange } from "./decodeFromRanges.ts";

/**
 * Reads ranges of a file by HTTP (RFC 9110, section 14), for `decodePictureFrom`. A server that knows no ranges sends the whole file at
 * the first request, and is not asked again. Throws UserError where it answers otherwise, and what `fetch` throws.
 */
export function httpRanges(url: string | URL, init: RequestInit = {}): ReadRange {
  let whole: Uint8Array | undefined;
  return async (from, to) => {
    if (whole) return whole.subarray(from, to);
    if (to <= from) return new Uint8Array(0);
    const headers = new Headers(init.headers);
    headers.set("Range", `bytes=${from}-${to === Infinity ? "" : to - 1}`);
    const response = await fetch(url, { ...init, headers });
    if (response.status === 416) return new Uint8Array(0); // the file ends before
    if (!response.ok) throw new UserError(`${url} cannot be read: HTTP ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status === 206) return bytes;
    whole = bytes;
    return bytes.subarray(from, to);
  };
}
