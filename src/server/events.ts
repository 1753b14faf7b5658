/** A stream of server-sent events, as an answer. */
export interface EventStream {
  readonly response: Response;
  /** Sends a value as JSON. */
  send(event: string, value: unknown): void;
  close(): void;
}

/** Events that wait for a reader who is too slow; then the stream is ended, and the page asks again. */
const mostWaiting = 1000;

/** Opens a stream of events; `closed` is called when it ends, from whichever side. */
export function openEvents(heartbeat: number, closed: () => void): EventStream {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const end = () => {
    if (!controller) return;
    controller = undefined;
    clearInterval(timer);
    closed();
  };
  const body = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened;
    },
    cancel: end,
  });
  const close = () => {
    controller?.close();
    end();
  };
  const write = (text: string) => {
    if (!controller) return;
    controller.enqueue(encoder.encode(text));
    if ((controller.desiredSize ?? 0) < -mostWaiting) close();
  };
  const timer = setInterval(() => write(": still here\n\n"), heartbeat);
  return {
    response: new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
    }),
    send: (event, value) => write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`),
    close,
  };
}
