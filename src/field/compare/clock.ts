import { UserError } from "../../errors/userError.ts";

/** What is used of Node's `process`, which a browser does not have. */
interface Host {
  readonly process?: { cpuUsage(): { readonly user: number; readonly system: number } };
}

/**
 * What seconds of a fit are of. `processor` counts the time that processors spend on this process: with one thread it is
 * what the wall clock would show if the machine had nothing else to do, nearly. Throws UserError in a browser, which does
 * not tell it.
 */
export const clocks = {
  wall: () => performance.now() / 1000,
  processor: () => {
    const { process: node } = globalThis as unknown as Host;
    if (!node) throw new UserError("a browser does not tell the time of its processors");
    const { user, system } = node.cpuUsage();
    return (user + system) / 1e6;
  },
} as const;

/** A name of {@link clocks}. */
export type ClockName = keyof typeof clocks;
