import type { Notice } from "../files/notice.ts";

/** What a decoder did to a picture that a person may not expect. */
export interface PictureNote {
  readonly kind: "frames" | "transparent" | "no-end-marker" | "left-out" | "profile" | "depth";
  /** A whole sentence that names the picture. */
  readonly sentence: string;
}

/** Receives the notes of pictures as they are decoded. */
export type OnPictureNote = (note: PictureNote) => void;

/** Gathers the notes of many pictures: one sentence for each kind, however often it occurs. */
export function gatherNotes() {
  const kinds = new Map<PictureNote["kind"], { readonly first: string; count: number }>();
  return {
    add({ kind, sentence }: PictureNote): void {
      const known = kinds.get(kind);
      if (known) known.count++;
      else kinds.set(kind, { first: sentence, count: 1 });
    },
    /** Gives what was gathered to `notice`. */
    report(notice: Notice): void {
      for (const { first, count } of kinds.values()) {
        const others = count - 1;
        const more = `; the same holds for ${others} other picture${others === 1 ? "" : "s"}`;
        notice(others === 0 ? first : `${first}${more}`);
      }
    },
  };
}
