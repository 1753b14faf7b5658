import type {
  Change,
  Curve,
  CurvesRequest,
  Everything,
  Forms,
  Log,
  Refusal,
  ResumeRequest,
  RunDetails,
  StartRequest,
  StopRequest,
} from "../../../../src/server/api.ts";

/** The token of an earlier server, or none: its owner has to open the address that was printed. */
export class TokenError extends Error {}

const kept = "ondelette.token";

/** Takes the token out of the address, where a person would copy it unawares, and keeps it for this tab. */
function readToken(): string {
  const [path = "", query = ""] = location.hash.split("?", 2);
  const texts = new URLSearchParams(query);
  const token = texts.get("token");
  if (token === null) return sessionStorage.getItem(kept) ?? "";
  sessionStorage.setItem(kept, token);
  texts.delete("token");
  history.replaceState(null, "", `${path}${texts.size > 0 ? `?${texts}` : ""}`);
  return token;
}

const token = readToken();

async function ask(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(`./api/${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (answer.ok) return answer;
  const refusal: Refusal = await answer.json().catch(() => ({ error: answer.statusText }));
  throw answer.status === 401 ? new TokenError(refusal.error) : new Error(refusal.error);
}

const json = async <T>(path: string, body?: unknown): Promise<T> =>
  (await ask(path, body)).json() as T; // both sides are of one version
const of = (run: string) => `run=${encodeURIComponent(run)}`;

/** What the server of the studio can be asked for. Everything throws the sentence of a refusal. */
export const server = {
  forms: () => json<Forms>("forms"),
  details: (run: string) => json<RunDetails>(`run?${of(run)}`),
  log: (run: string) => json<Log>(`log?${of(run)}`),
  curves: (request: CurvesRequest) => json<readonly Curve[]>("curves", request),
  start: (request: StartRequest) => json<StopRequest>("start", request),
  resume: (request: ResumeRequest) => json<StopRequest>("resume", request),
  stop: (request: StopRequest) => json<StopRequest>("stop", request),
  file: async (run: string, file: string) =>
    (await ask(`file?${of(run)}&file=${encodeURIComponent(file)}`)).blob(),
  weights: async (run: string) => (await ask(`weights?${of(run)}`)).blob(),
  onnx: async (run: string) => (await ask(`onnx?${of(run)}`)).blob(),
};

/** What a listener hears. */
export interface Listener {
  readonly everything: (everything: Everything) => void;
  readonly change: (change: Change) => void;
  /** The connection is lost and tried again, or the token is not the server's. */
  readonly lost: (error: unknown) => void;
}

/** Milliseconds before a lost connection is tried again. */
const pause = 1500;

/** Listens to the events of the server until `signal` is aborted. An `EventSource` cannot send the token. */
export async function listen(listener: Listener, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const { body } = await ask("events", undefined, signal);
      if (body) for await (const { name, data } of eventsOf(body)) say(listener, name, data);
      if (!signal.aborted) listener.lost(new Error("the server ended"));
    } catch (error) {
      if (signal.aborted) return;
      listener.lost(error);
      if (error instanceof TokenError) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function say(listener: Listener, name: string, data: string): void {
  if (name === "everything") listener.everything(JSON.parse(data));
  if (name === "change") listener.change(JSON.parse(data));
}

/** The events in a stream of text: blocks of lines with an empty line after each. */
export async function* eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      const named = (name: string) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
      const data = named("data");
      if (data !== "") yield { name: named("event"), data };
    }
  }
}
