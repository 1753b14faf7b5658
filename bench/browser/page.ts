/** A page with a worker that takes training steps; `ask` sends it a message and resolves with its answer. */
const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

const ask = (message: number): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(message);
  });

Object.assign(globalThis, { ask });
