import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { UserError } from "../../errors/userError.ts";

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own count, where that can be read: numbers of processes are used again. */
  readonly started?: string;
}

/**
 * Locks a run folder against a second process that would train in it; makes the folder where there is none. A lock whose
 * process is gone does not count. Throws UserError (`locked`) where a living process holds it.
 */
export async function lockRun(folder: string): Promise<AsyncDisposable> {
  const path = join(folder, ".lock");
  await makeFolder(folder);
  const started = await startOf(process.pid);
  const me: Holder = { pid: process.pid, host: hostname(), ...(started && { started }) };
  for (;;) {
    try {
      await writeFile(path, JSON.stringify(me), { flag: "wx" });
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await holderOf(path);
    if (holder && (await isAlive(holder))) {
      throw new UserError(
        `${folder} is in use: process ${holder.pid} on ${holder.host} is training in it`,
        "locked",
      );
    }
    await rm(path, { force: true });
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined; // half-written by a process that is gone, or removed meanwhile
  }
}

/** Whether a holder is still there; one on another machine is believed to be. */
async function isAlive({ pid, host, started }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return started === undefined || (await startOf(pid)) === started;
}

/** When a process started, where the system says so. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // Fields follow the name of the program, which may hold spaces, in parentheses; the start is the 22nd of all.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
