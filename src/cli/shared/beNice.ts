import { readdirSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { UserError } from "../../errors/userError.ts";

/**
 * Adds to the niceness of this process, which is −20 to 19, as the program `nice` does: others of the machine go first where it
 * is larger. Threads that are started later inherit it. Throws UserError where the system does not permit it.
 */
export function beNice(increment: number): void {
  const niceness = Math.max(-20, Math.min(19, getPriority() + increment));
  try {
    for (const thread of threads()) setPriority(thread, niceness);
  } catch (error) {
    const { code, info } = error as NodeJS.ErrnoException & { readonly info?: { code?: string } };
    const reason = info?.code ?? code;
    if (reason !== "EACCES" && reason !== "EPERM") throw error;
    throw new UserError(
      `--nice ${increment} is not permitted: only an administrator may raise the priority of a process`,
    );
  }
}

/** The threads of this process. Linux has a niceness for each; elsewhere 0 stands for them all. */
function threads(): readonly number[] {
  try {
    return readdirSync("/proc/self/task").map(Number);
  } catch {
    return [0];
  }
}
