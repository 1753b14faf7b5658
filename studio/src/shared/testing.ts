/** Pieces of bytes as one array. */
export const joinedBytes = (pieces: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => [...piece]));
