/** Lets the event loop turn once, in Node and in browsers: Ctrl-C and progress bars need it during long work. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => (globalThis.setImmediate ?? setTimeout)(() => resolve()));
