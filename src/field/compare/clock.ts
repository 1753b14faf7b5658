/**
 * What seconds of a fit are of. `processor` counts the time that processors spend on this process: with one thread it is
 * what the wall clock would show if the machine had nothing else to do, nearly.
 */
export const clocks = {
  wall: () => performance.now() / 1000,
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
} as const;

/** A name of {@link clocks}. */
export type ClockName = keyof typeof clocks;
