import { UserError } from "../errors/userError.ts";
import { type JobMessage, jobVariable } from "../jobs/processes.ts";
import { alone, type Communicator } from "../mpi/communicator.ts";
import { launchOf } from "../mpi/launcher.ts";
import type { CommandTable } from "./parser/command.ts";
import { exitCodes, runCommandLine } from "./runCommandLine.ts";
import { endRanks, joinRanks } from "./shared/joinRanks.ts";
import { explainSystemError } from "./terminal/systemError.ts";

/**
 * Runs the command line of this process, and sets its exit code. What stops a command early, so that it saves and returns:
 * Ctrl-C and SIGTERM (a second one ends the process at once), SIGHUP (the terminal was closed), a reader of standard
 * error that went away, and, of a process that computes a share for another, the end of that one. A reader of standard
 * output that went away (`ondelette … | head`) is not an error.
 */
export async function runProcess(
  table: CommandTable,
  topics: Readonly<Record<string, string>>,
): Promise<void> {
  const { stdout, stderr } = process;
  const interrupt = new AbortController();
  /** Streams that take nothing more. */
  const closed = new Set<NodeJS.WriteStream>();
  const write = (stream: NodeJS.WriteStream, text: string) => {
    if (!closed.has(stream)) stream.write(text);
  };

  /** Whether this process speaks for all that were started together. */
  let isSpokesman = true;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
      if (isSpokesman) {
        write(stderr, "\nstopping at the next safe point; press Ctrl-C again to stop at once\n");
      }
      interrupt.abort();
    });
  }
  // Shells repeat this signal, so a second one must not cut a save short.
  process.on("SIGHUP", () => interrupt.abort());
  // Nobody can read about the work any more.
  stderr.on("error", () => {
    closed.add(stderr);
    interrupt.abort();
  });
  let isLost = false;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    closed.add(stdout);
    if (error.code === "EPIPE") return;
    const reason = explainSystemError(Object.assign(error, { path: "standard output" }));
    write(stderr, `ondelette: ${reason ?? error.message}\n`);
    isLost = true;
    process.exitCode = exitCodes.mistake;
    interrupt.abort();
  });

  const tell = teller();
  if (tell) {
    process.on("disconnect", () => interrupt.abort());
    process.channel?.unref(); // it keeps no process alive that is done
  }

  // Printed as one sentence; Node alone would add its process number and how to trace it.
  process.removeAllListeners("warning");
  process.on("warning", ({ message }) => write(stderr, `ondelette: ${message}\n`));

  let ranks: Communicator;
  try {
    isSpokesman = (launchOf(process.env)?.rank ?? 0) === 0;
    ranks = tell ? alone : await joinRanks();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (isSpokesman) write(stderr, `ondelette: ${error.message}\n`);
    process.exitCode = exitCodes.mistake;
    return;
  }
  // Rank 0 alone speaks, unless another has an error that it does not have.
  let unsaid = "";
  const say = (text: string) => {
    if (ranks.rank === 0) write(stderr, text);
    else unsaid += text;
  };
  const { TERM, NO_COLOR = "" } = process.env;
  const code = await runCommandLine(process.argv.slice(2), {
    ...{ table, topics, ranks },
    write: (text) => {
      if (ranks.rank === 0) write(stdout, text);
    },
    columns: stdout.columns ?? 80,
    messages: {
      write: say,
      isTerminal: ranks.rank === 0 && stderr.isTTY === true && TERM !== "dumb",
      get columns() {
        return stderr.columns ?? 80;
      },
      color: NO_COLOR === "",
      now: () => performance.now() / 1000,
    },
    signal: interrupt.signal,
    process: {
      program: [process.execPath, ...process.execArgv, process.argv[1] ?? ""],
      ...(tell && { tell }),
    },
  });
  const isWell = code === exitCodes.done || code === exitCodes.interrupted;
  await endRanks(ranks, code, isWell, () => write(stderr, lastOf(unsaid)));
  process.exitCode = isLost ? exitCodes.mistake : code;
}

/** The last message of a rank that otherwise keeps silent: its error. */
const lastOf = (text: string): string => text.slice(Math.max(0, text.lastIndexOf("ondelette: ")));

/** How to speak to the process that started this one to compute a share; undefined where a person started it. */
function teller(): ((message: JobMessage) => void) | undefined {
  if (process.env[jobVariable] === undefined || !process.send) return undefined;
  return (message) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => {}); // it may go away meanwhile
  };
}
