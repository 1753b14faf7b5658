import { UserError } from "../errors/userError.ts";

/** The bytes of an address while they arrive. Throws UserError of the code `network` where they do not, and the reason of the signal. */
export async function* fetchBytes(
  url: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const failed = (reason: unknown) =>
    new UserError(`${url} could not be loaded: ${reason}`, "network");
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw failed(`the server answered ${response.status}`);
    const reader = response.body?.getReader();
    if (!reader) return;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof UserError ? error : failed(error);
  }
}
