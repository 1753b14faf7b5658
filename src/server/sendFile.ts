import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";

/** An open file as an answer; it is closed when all was sent, or nobody takes it any more. */
export async function sendFile(
  file: FileHandle,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const { size } = await file.stat();
  const all = { ...headers, "content-length": `${size}` };
  if (size === 0) {
    await file.close();
    return new Response(null, { headers: all });
  }
  // A file that grows meanwhile is sent as far as its length was announced.
  const stream = file.createReadStream({ start: 0, end: size - 1 });
  return new Response(Readable.toWeb(stream) as ReadableStream, { headers: all });
}

/** The header by which a browser saves an answer as a file of that name. */
export const attachment = (name: string): Readonly<Record<string, string>> => ({
  "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`,
});

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
