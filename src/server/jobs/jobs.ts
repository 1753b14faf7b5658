import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { UserError } from "../../errors/userError.ts";
import type { Job } from "../api.ts";
import { createLogText, type LogText } from "./logText.ts";

/** The processes that a studio started. */
export interface Jobs {
  /**
   * Starts this program with `words`; `run` is the run that it trains. Where that one is being stopped, it waits until the process has
   * ended. Throws UserError where it is at work, or too many are.
   */
  start(run: string, command: string, words: readonly string[]): Promise<void>;
  /** Interrupts the process that works on a run or has the number `pid`, as Ctrl-C does: it saves and ends. Whether there is one. */
  stop(run: string, pid?: number): boolean;
  list(): readonly Job[];
  logOf(run: string): string | undefined;
  /** Calls `changed` for every change from now on, until the returned function is called. */
  listen(changed: (job: Job) => void): () => void;
  /** Interrupts all processes and waits until they have saved and ended. */
  close(): Promise<void>;
}

export interface JobsOptions {
  /** The words that start this program: the path of Node, that of the command line, and options between them. */
  readonly program: readonly [string, ...string[]];
  /** The folder to work in. */
  readonly from: string;
  readonly most: number;
  /** Milliseconds between reports of a process that keeps writing. */
  readonly rest?: number;
}

interface Process {
  readonly run: string;
  readonly command: string;
  readonly child: ChildProcess;
  readonly log: LogText;
  readonly started: number;
  readonly ended: Promise<unknown>;
  state: Job["state"];
  end?: number;
  reported?: NodeJS.Timeout | undefined;
}

/** Exit code of a command that was stopped early and saved. */
const interrupted = 130;

/**
 * Starts and interrupts processes of the command line. Each has a process group of its own: Ctrl-C in the terminal reaches the
 * studio alone, which interrupts each of them once. They end by themselves, with everything saved, when the studio is gone,
 * since nobody reads what they write.
 */
export function createJobs({ program, from, most, rest = 250 }: JobsOptions): Jobs {
  const processes = new Map<string, Process>();
  const listeners = new Set<(job: Job) => void>();

  const tell = (process: Process) => {
    clearTimeout(process.reported);
    process.reported = undefined;
    for (const listener of listeners) listener(jobOf(process));
  };
  const tellSoon = (process: Process) => {
    process.reported ??= setTimeout(() => tell(process), rest);
  };
  const interrupt = (process: Process) => {
    if (process.state !== "running") return;
    process.state = "stopping";
    process.child.kill("SIGINT");
    tell(process);
  };

  return {
    async start(run, command, words) {
      const before = processes.get(run);
      // It gives its run back, which is then seen as stopped, a little before it ends.
      if (before?.state === "stopping") await before.ended;
      const all = [...processes.values()];
      if (all.some((each) => each.run === run && !each.end)) {
        throw new UserError(`${run} is being trained already`, "locked");
      }
      if (all.filter(({ end }) => !end).length >= most) {
        throw new UserError(`${most} processes are at work already; stop one of them first`);
      }
      const [file, ...first] = program;
      const child = spawn(file, [...first, ...words], {
        ...{ cwd: from, detached: true, windowsHide: true, shell: false },
        env: { ...process.env, NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const log = createLogText();
      const started = Date.now();
      const ended = once(child, "close").catch(() => {});
      const made: Process = { ...{ run, command, child, log, started, ended }, state: "running" };
      processes.set(run, made);
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text: string) => {
          log.add(text);
          tellSoon(made);
        });
      }
      child.on("error", ({ message }) => log.add(`${message}\n`));
      child.on("close", (code) => {
        made.end = Date.now();
        made.state = code === 0 ? "finished" : code === interrupted ? "stopped" : "failed";
        tell(made);
      });
      tell(made);
    },
    stop(run, pid) {
      const found = [...processes.values()].find(
        (each) => !each.end && (each.run === run || (pid && each.child.pid === pid)),
      );
      if (!found) return false;
      interrupt(found);
      return true;
    },
    list: () => [...processes.values()].map(jobOf),
    logOf: (run) => processes.get(run)?.log.text,
    listen(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    async close() {
      const working = [...processes.values()].filter(({ end }) => !end);
      for (const each of working) interrupt(each);
      await Promise.all(working.map(({ ended }) => ended));
      listeners.clear();
      for (const { reported } of processes.values()) clearTimeout(reported);
    },
  };
}

const jobOf = ({ run, command, log, started, state, end }: Process): Job => ({
  ...{ run, command, state, message: log.lastLine, written: log.written, started },
  ...(end !== undefined && { ended: end }),
});
