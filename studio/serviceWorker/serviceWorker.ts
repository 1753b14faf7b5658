// Keeps the page's files for use without a network, and lets the page share memory between threads on hosts that cannot send
// the headers for it. The build puts the list of files and their version in (build/serviceWorker.ts).

declare const __FILES__: readonly string[];
declare const __VERSION__: string;
declare const __ENGINE__: string;

const worker = self as unknown as ServiceWorkerGlobalScope; // the library declares that of dedicated workers

const current = `ondelette-${__VERSION__}`;
/** ONNX Runtime and models are large: they are kept when they are first used, until another version of the engine. */
const large = `ondelette-large-${__ENGINE__}`;

worker.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(current);
    await cache.addAll(__FILES__.map((file) => new Request(file, { cache: "reload" })));
    await worker.skipWaiting();
  };
  event.waitUntil(keep());
});

worker.addEventListener("activate", (event) => {
  const replace = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("ondelette-") && name !== current && name !== large)
        await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(replace());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // What a server answers about runs is never kept.
  if (request.method !== "GET" || origin !== worker.location.origin || pathname.includes("/api/"))
    return;
  event.respondWith(answer(request, pathname));
});

async function answer(request: Request, pathname: string): Promise<Response> {
  const kept = await caches.match(request, { ignoreSearch: true });
  if (kept) return isolated(kept);
  const response = await fetch(request);
  if (response.ok && /\/(ort|models)\//.test(pathname)) {
    const cache = await caches.open(large);
    await cache.put(request, response.clone());
  }
  return isolated(response);
}

/** The response with the headers that cross-origin isolation needs. */
function isolated(response: Response): Response {
  if (response.type === "opaque" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(response.body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
