import { readFile, readlink, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { UserError } from "../../errors/userError.ts";

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the kernel's own count, where that can be read: numbers of processes are used again. */
  readonly started?: string;
  /** Whether it saves and ends when it is interrupted, as by Ctrl-C. */
  readonly interruptible?: boolean;
  /** The job of Slurm that it belongs to, and how often that was started again. */
  readonly job?: string;
  readonly restart?: number;
}

/** The name of the lock in a run folder. */
export const lockName = ".lock";

/**
 * Locks a run folder against a second process that would train in it; makes the folder where there is none. A lock whose
 * process is gone does not count. Throws UserError (`locked`) where a living process holds it.
 */
export async function lockRun(folder: string): Promise<AsyncDisposable> {
  const path = join(folder, lockName);
  await makeFolder(folder);
  const started = await startOf(process.pid);
  const me: Holder = {
    ...{ pid: process.pid, host: hostname() },
    ...(started && { started }),
    ...(process.listenerCount("SIGINT") > 0 && { interruptible: true }),
    ...slurmJob(process.env),
  };
  for (;;) {
    try {
      await writeFile(path, JSON.stringify(me), { flag: "wx" });
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await livingHolder(await readFile(path, "utf8").catch(() => ""));
    if (holder && !isEarlierStart(holder, me)) {
      const elsewhere = holder.host === me.host ? "" : `; if it is gone, remove ${path}`;
      throw new UserError(
        `${folder} is in use: process ${holder.pid} on ${holder.host} is training in it${elsewhere}`,
        "locked",
      );
    }
    await rm(path, { force: true });
  }
}

/** The job of Slurm that a process belongs to: a job that is started again keeps its number, and may be on other machines. */
function slurmJob({ SLURM_JOB_ID: job, SLURM_RESTART_COUNT: count = "0" }: NodeJS.ProcessEnv) {
  return job === undefined ? {} : { job, restart: Number(count) };
}

/** Whether a process belongs to an earlier start of the same job, which Slurm has ended. */
const isEarlierStart = (holder: Holder, me: Holder): boolean =>
  holder.job !== undefined && holder.job === me.job && (holder.restart ?? 0) < (me.restart ?? 0);

/** Who holds a lock, of which `text` is the content, and is still there. */
export async function livingHolder(text: string): Promise<Holder | undefined> {
  const holder = holderOf(text);
  return holder && (await isAlive(holder)) ? holder : undefined;
}

/** `undefined` of a lock that is half-written, by a process that is gone, or was removed meanwhile. */
function holderOf(text: string): Holder | undefined {
  try {
    const { pid, host, started, interruptible, job, restart } = JSON.parse(text);
    // Not 0 and not negative: these are groups of processes.
    if (!(Number.isSafeInteger(pid) && pid > 0) || typeof host !== "string") return undefined;
    return {
      ...{ pid, host },
      ...(typeof started === "string" && { started }),
      ...(interruptible === true && { interruptible }),
      ...(typeof job === "string" && typeof restart === "number" && { job, restart }),
    };
  } catch {
    return undefined;
  }
}

/**
 * Whether a process can be interrupted, and is surely the one that holds a lock: its number was not given to another since, and
 * it runs on Node. Anybody can write a lock, and the numbers of other processes are no secret.
 */
export const isInterruptible = async ({
  pid,
  host,
  started,
  interruptible,
}: Holder): Promise<boolean> =>
  interruptible === true &&
  started !== undefined &&
  host === hostname() &&
  (await startOf(pid)) === started &&
  (await runsOnNode(pid));

/** Whether a process is one of Node, or of whatever program this one is; Linux tells. */
async function runsOnNode(pid: number): Promise<boolean> {
  const programOf = (name: string | number) => readlink(`/proc/${name}/exe`).catch(() => "");
  const program = await programOf(pid);
  // A program that was updated meanwhile is called `node (deleted)`.
  return /\/node( \(deleted\))?$/.test(program) || program === (await programOf("self"));
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
