/** Does something that only one tab may do at a time. Throws an Error where another tab does it. */
export const alone = (what: string, work: () => Promise<void>): Promise<void> =>
  navigator.locks.request(what, { ifAvailable: true }, (lock) => {
    if (!lock) throw new Error("another tab of this browser trains this model");
    return work();
  });
