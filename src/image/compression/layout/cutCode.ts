import type { PictureHead } from "../pictureHead.ts";
import type { CodePart } from "./layout.ts";

/** A code with its head. */
interface Coded {
  readonly head: PictureHead;
  readonly code: Uint8Array;
}

/** The beginning of a code, of so many bytes: the ends are cut off of all tiles, in proportion to their lengths. */
export function cutCode({ head, code }: Coded, bytes: number): Coded {
  const { layout } = head;
  const isCut = true;
  if (layout?.tileSide === undefined)
    return { head: { ...head, isCut }, code: code.subarray(0, bytes) };
  const cut = new Uint8Array(bytes);
  const parts: CodePart[] = [];
  let [from, to] = [0, 0];
  for (const part of layout.parts) {
    const end = from + (part.length ?? 0);
    const length = Math.round((end / Math.max(code.length, 1)) * bytes) - to;
    cut.set(code.subarray(from, from + length), to);
    parts.push({ ...part, length });
    from = end;
    to += length;
  }
  return { head: { ...head, isCut, layout: { ...layout, parts } }, code: cut };
}
