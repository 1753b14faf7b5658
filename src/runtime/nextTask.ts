/** What turns the event loop: `setImmediate` in Node, and channels everywhere. */
interface Loop {
  readonly setImmediate?: (task: () => void) => unknown;
  readonly MessageChannel: new () => {
    readonly port1: { onmessage: (() => void) | null; close(): void };
    readonly port2: { postMessage(message: null): void };
  };
}

const loop = globalThis as unknown as Loop;

/** Lets the event loop turn once, in Node and in browsers: Ctrl-C and progress bars need it during long work. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    if (loop.setImmediate) {
      loop.setImmediate(resolve);
      return;
    }
    // A browser's timers wait four milliseconds after a few turns, messages do not.
    const { port1, port2 } = new loop.MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
