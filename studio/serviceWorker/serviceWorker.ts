// Keeps the page's files for use without a network, and lets the page share memory between threads on hosts that cannot send
// the headers for it. The build puts the list of files and their version in (build/serviceWorker.ts).

declare const __FILES__: readonly string[];
declare const __VERSION__: string;
declare const __ENGINE__: string;

const worker = self as unknown as ServiceWorkerGlobalScope; // the library declares that of dedicated workers

/** Another copy of the page on the same host has caches of its own. */
const own = `ondelette ${new URL("./", worker.location.href).pathname} `;
const current = `${own}page ${__VERSION__}`;
/** ONNX Runtime and models are large: they are kept when they are first used, until another version of the engine. */
const large = `${own}large ${__ENGINE__}`;

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
    const others = (await caches.keys()).filter(
      (name) => name.startsWith(own) && name !== current && name !== large,
    );
    // Tabs that are open may still ask for files of the version before: the last of the pages, in order of their making.
    const before = others.filter((name) => name.startsWith(`${own}page `)).at(-1);
    for (const name of others) if (name !== before) await caches.delete(name);
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
  event.respondWith(answer(event));
});

async function answer(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const page = await caches.open(current);
  const kept = await page.match(request, { ignoreSearch: true });
  if (kept) return isolated(kept);
  const { pathname } = new URL(request.url);
  const other = await caches.match(request, { ignoreSearch: true });
  if (other) return isolated(other);
  const response = await fetch(request);
  if (response.ok && /\/(ort|models)\//.test(pathname)) {
    const copy = response.clone();
    // Without room for it the page works all the same.
    event.waitUntil(keepLarge(request, copy).catch(() => {}));
  }
  return isolated(response);
}

async function keepLarge(request: Request, response: Response): Promise<void> {
  await (await caches.open(large)).put(request, response);
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
