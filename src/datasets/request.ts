import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

/** What a server answers. */
export interface Answer {
  /** The HTTP status. */
  readonly status: number;
  /** A header by its lower-case name. */
  header(name: string): string | undefined;
  /** The content as it arrives; it throws where the connection breaks. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the connection without reading the rest. */
  close(): void;
}

/** How a server is asked. */
export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without a byte after which the server is given up; a minute by default. */
  readonly silence?: number | undefined;
}

/** Moves that a server may ask for before the file is there. */
const mostRedirects = 10;

/**
 * Asks a server for a file, and follows where it has moved to. Throws the system's error where there is no connection.
 *
 * It is made of `node:http` and not of `fetch`: in Node 24, where a body is read more slowly than it arrives from a server
 * of HTTP 1.0 such as Python's `http.server`, the HTTP parser of `fetch` ends the whole process (`assert(!this.paused)`).
 */
export async function ask(url: string, options: AskOptions = {}): Promise<Answer> {
  let address = new URL(url);
  for (let moves = 0; ; moves++) {
    const message = await get(address, options);
    const { statusCode: status = 0, headers } = message;
    const isMoved = [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined;
    if (!isMoved) {
      return {
        status,
        header: (name) => {
          const value = headers[name];
          return Array.isArray(value) ? value.join(", ") : value;
        },
        body: message,
        close: () => void message.destroy(),
      };
    }
    message.destroy();
    if (moves === mostRedirects)
      throw new Error(`it moves the file more than ${mostRedirects} times`);
    const next = new URL(headers.location ?? "", address);
    if (address.protocol === "https:" && next.protocol !== "https:") {
      throw new Error(`it moves the file to ${next.host}, where the connection is not encrypted`);
    }
    address = next;
  }
}

function get(
  address: URL,
  { headers = {}, signal, silence = 60_000 }: AskOptions,
): Promise<IncomingMessage> {
  const start = address.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = start(address, { headers: { ...headers, "user-agent": "ondelette" }, signal });
    request.on("response", resolve);
    request.on("error", reject);
    request.setTimeout(silence, () => {
      request.destroy(
        Object.assign(new Error("it was silent for too long"), { code: "ETIMEDOUT" }),
      );
    });
    request.end();
  });
}
