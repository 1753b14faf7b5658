/** What workers tell the page: the address of a large file that they have loaded. */
const channel = () => new BroadcastChannel("ondelette-loaded");

/** ONNX Runtime's files and models, which the service worker keeps when they are first used. */
const isLarge = (url: string) => /\/(ort|models)\//.test(new URL(url).pathname);

/** In a worker: tells the page which large files it loads. */
export function tellLoaded(): void {
  const told = channel();
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (isLarge(name)) told.postMessage(name);
  }).observe({ type: "resource", buffered: true });
}

/**
 * In the page: keeps what workers load for use without a network. The service worker keeps what it answers, but on a first visit it
 * does not answer yet when a model is first computed. So the page asks again once it does; the files come from the browser's own
 * cache then.
 */
export function keepLoaded(): void {
  const kept = new Set<string>();
  channel().onmessage = ({ data: url }: MessageEvent<string>) => {
    if (kept.has(url)) return;
    kept.add(url);
    void keep(url);
  };
}

async function keep(url: string): Promise<void> {
  const { serviceWorker } = navigator;
  await serviceWorker.ready;
  if (!serviceWorker.controller) {
    await new Promise((resolve) =>
      serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
  }
  if (navigator.onLine && !(await caches.match(url))) await fetch(url).catch(() => {}); // kept at another visit
}
