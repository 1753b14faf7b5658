/** Told how much of a file is there. */
export type Fetching = (done: number, total: number) => void;

/** The content of a file, unpacked where it is packed by gzip. Throws an Error that says what could not be loaded. */
export async function fetchBytes(
  url: string,
  fetching?: Fetching,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = new URL(url).pathname.split("/").at(-1);
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok || !response.body)
    throw new Error(`${name} could not be loaded (${response?.status ?? "no connection"})`);
  const total = Number(response.headers.get("content-length") ?? 0);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  for await (const piece of response.body) {
    pieces.push(piece);
    done += piece.length;
    fetching?.(done, Math.max(total, done));
  }
  const blob = new Blob(pieces);
  // A host may unpack it already.
  const isPacked = pieces[0]?.[0] === 0x1f && pieces[0][1] === 0x8b;
  const stream = isPacked ? blob.stream().pipeThrough(new DecompressionStream("gzip")) : blob;
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
