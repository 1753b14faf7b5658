import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../errors/userError.ts";
import { type Share, shareText } from "./share.ts";

/** What a process that computes a share tells the one that started it. */
export type JobMessage =
  /** How much of its share is done in all. */
  | { readonly amount: number }
  /** A line about the work; the last one of a process that fails is the reason. */
  | { readonly line: string };

/** A process to start for a share. */
export interface JobCommand {
  readonly share: Share;
  readonly file: string;
  readonly words: readonly string[];
}

export interface JobOptions {
  readonly signal: AbortSignal;
  /** Hears the sum of what all processes say is done. */
  report(amount: number): void;
  /** Milliseconds that a process has for its end once it is told to stop; then it is killed. */
  readonly patience?: number;
}

/** Set for processes that are started here, which then speak to their parent and not to a person. */
export const jobVariable = "ONDELETTE_JOB";

/** Exit codes of the command line. */
const exit = { mistake: 2, interrupted: 130 } as const;

/**
 * Runs processes side by side until all are done. When one fails or the signal is aborted, the channels to all are closed, which
 * tells them to stop; so they do too when this process is killed. Throws UserError with the sentence of a process that
 * failed by a mistake or was killed, Error with the lines of one that failed otherwise, and the reason of the signal.
 */
export async function runJobs(
  commands: readonly JobCommand[],
  { signal, report, patience = 10_000 }: JobOptions,
): Promise<void> {
  signal.throwIfAborted();
  const amounts = commands.map(() => 0);
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children) {
      if (child.connected) child.disconnect();
      setTimeout(() => child.kill("SIGKILL"), patience).unref();
    }
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    const ends = commands.map(async ({ share, file, words }, i) => {
      const child = spawn(file, words, {
        ...{ stdio: ["ignore", "ignore", "pipe", "ipc"], windowsHide: true },
        env: { ...process.env, [jobVariable]: shareText(share) },
      });
      children.push(child);
      const lines: string[] = [];
      child.on("message", (message: JobMessage) => {
        if ("line" in message) lines.push(message.line);
        else {
          amounts[i] = message.amount;
          report(amounts.reduce((sum, amount) => sum + amount, 0));
        }
      });
      // What Node itself writes when it ends, as for want of memory.
      let last = "";
      child.stderr!.setEncoding("utf8").on("data", (text: string) => {
        last = (last + text).slice(-2000); // a pipe
      });
      const [code, killed] = await ended(child);
      if (code !== 0) throw await failure(share, { code, killed, lines, last }, signal);
    });
    for (const end of ends) end.catch(stop);
    await firstFailure(ends);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** How a process ended: its exit code, or the signal that killed it. All that it has said has been heard then. */
async function ended(
  child: ChildProcess,
): Promise<readonly [code: number | null, killed: NodeJS.Signals | null]> {
  // Not "close", which does not come once this side has closed the channel.
  const heard = Promise.allSettled([once(child, "disconnect"), once(child.stderr!, "close")]); // a pipe
  const [code, killed] = await once(child, "exit"); // rejects where it cannot be started
  // A timer that is left would keep this process alive when all is done.
  const waiting = new AbortController();
  await Promise.race([heard, pause(1000, undefined, { signal: waiting.signal }).catch(() => {})]);
  waiting.abort();
  return [code, killed];
}

interface End {
  readonly code: number | null;
  readonly killed: NodeJS.Signals | null;
  readonly lines: readonly string[];
  readonly last: string;
}

/** What a process ended for. */
async function failure(
  share: Share,
  { code, killed, lines, last }: End,
  signal: AbortSignal,
): Promise<unknown> {
  // Ctrl-C in a terminal reaches all processes, and may end this one before it is heard of here.
  if (code === exit.interrupted && !signal.aborted) await pause(500);
  if (signal.aborted) return signal.reason;
  const name = `the process of shard ${shareText(share)}`;
  const [reason] = lines.slice(-1);
  if (code === exit.mistake && reason !== undefined)
    return new UserError(reason.replace(/^ondelette: /, ""));
  if (code === exit.interrupted) return new UserError(`${name} was stopped; ${again}`);
  if (code === 1 && lines.length > 0) return new Error(`in ${name}:\n${lines.join("\n")}`);
  const heap =
    /heap|memory/i.test(last) || killed === "SIGABRT" ? ", perhaps for want of memory" : "";
  const how = killed === null ? `ended with code ${code}` : `was ended by ${killed}`;
  return new UserError(`${name} ${how}${heap}; ${again}`);
}

const again = "the same command goes on where it was";

/** Waits until all are settled; then throws the reason of the one that failed first. */
async function firstFailure(all: readonly Promise<void>[]): Promise<void> {
  const reasons: unknown[] = [];
  await Promise.all(all.map((one) => one.catch((reason: unknown) => void reasons.push(reason))));
  if (reasons.length > 0) throw reasons[0];
}
