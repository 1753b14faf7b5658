import { RefusedError } from "./refusal.ts";

/** The JSON object in a request's body, of at most `most` bytes: more are refused as soon as they are announced or read. */
export async function readBody(
  request: Request,
  most: number,
): Promise<Readonly<Record<string, unknown>>> {
  const tooLarge = () => new RefusedError(413, `the request has more than ${most} bytes`);
  if (!/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new RefusedError(415, "the request must be JSON");
  }
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new RefusedError(400, "the request is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RefusedError(400, "the request must be a JSON object");
  }
  return value as Readonly<Record<string, unknown>>;
}
