import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { OpenFile } from "./folder/openInside.ts";

/** An open file as an answer; it is closed when all was sent, or nobody takes it any more. */
export function sendFile(
  { descriptor, size, [Symbol.dispose]: close }: OpenFile,
  headers: Readonly<Record<string, string>>,
): Response {
  const all = { ...headers, "content-length": `${size}` };
  if (size === 0) {
    close();
    return new Response(null, { headers: all });
  }
  // A file that grows meanwhile is sent as far as its length was announced.
  const stream = createReadStream("", { fd: descriptor, start: 0, end: size - 1 });
  return new Response(Readable.toWeb(stream) as ReadableStream, { headers: all });
}

/** The header by which a browser saves an answer as a file of that name. */
export const attachment = (name: string): Readonly<Record<string, string>> => ({
  "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`,
});

const percent = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
