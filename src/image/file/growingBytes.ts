/** Bytes that arrive in pieces. */
export interface GrowingBytes {
  /** Appends a piece, which is copied. */
  add(piece: Uint8Array): void;
  /** All bytes so far; later pieces do not change them. */
  all(): Uint8Array<ArrayBuffer>;
}

/** No bytes yet. Adding costs time in proportion to the bytes, however small the pieces are. */
export function growingBytes(): GrowingBytes {
  let room = new Uint8Array(4096);
  let length = 0;
  return {
    add(piece) {
      if (length + piece.length > room.length) {
        const larger = new Uint8Array(Math.max(2 * room.length, length + piece.length));
        larger.set(room.subarray(0, length));
        room = larger;
      }
      room.set(piece, length);
      length += piece.length;
    },
    all: () => room.subarray(0, length),
  };
}
