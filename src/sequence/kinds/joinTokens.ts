/** All pieces of tokens as one array. */
export async function joinTokens(source: AsyncIterable<Uint16Array>): Promise<Uint16Array> {
  const pieces: Uint16Array[] = [];
  for await (const piece of source) pieces.push(piece);
  const tokens = new Uint16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    tokens.set(piece, at);
    at += piece.length;
  }
  return tokens;
}
