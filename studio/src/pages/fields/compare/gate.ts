/** A gate in a training: what waits at it goes on when it is opened. */
export function createGate(now: () => number = () => performance.now() / 1000) {
  let waiting: PromiseWithResolvers<void> | undefined;
  let closedAt = 0;
  let closedFor = 0;
  return {
    close() {
      if (waiting) return;
      waiting = Promise.withResolvers();
      closedAt = now();
    },
    open() {
      if (!waiting) return;
      closedFor += now() - closedAt;
      waiting.resolve();
      waiting = undefined;
    },
    /** Waits while the gate is closed. */
    passed: async (): Promise<void> => waiting?.promise,
    /** Seconds in which the gate was open. */
    clock: (): number => (waiting ? closedAt : now()) - closedFor,
  };
}
