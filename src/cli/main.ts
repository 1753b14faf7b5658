#!/usr/bin/env node
/** The `ondelette` program: wires the process to the command line and nothing else. */
import { commands, topics } from "./commands.ts";
import { exitCodes, runCommandLine } from "./runCommandLine.ts";
import { explainSystemError } from "./terminal/systemError.ts";

const { stdout, stderr } = process;
const interrupt = new AbortController();
/** Streams whose reader went away; nothing more is written to them. */
const closed = new Set<NodeJS.WriteStream>();

for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    write(stderr, "\nstopping at the next safe point; once more stops at once\n");
    interrupt.abort();
  });
}
// The terminal was closed. Shells repeat this signal, so a second one must not cut a save short.
process.on("SIGHUP", () => interrupt.abort());

// Without messages nobody can follow the work: save and stop, as on Ctrl-C.
stderr.on("error", () => {
  closed.add(stderr);
  interrupt.abort();
});

stdout.on("error", (error: NodeJS.ErrnoException) => {
  closed.add(stdout);
  // A reader that has seen enough (`ondelette … | head`) is not an error.
  if (error.code === "EPIPE") return;
  const reason = explainSystemError(Object.assign(error, { path: "standard output" }));
  write(stderr, `ondelette: ${reason ?? error.message}\n`);
  process.exit(exitCodes.mistake);
});

function write(stream: NodeJS.WriteStream, text: string): void {
  if (!closed.has(stream)) stream.write(text);
}

// Printed as one sentence; Node alone would add its process number and how to trace it.
process.removeAllListeners("warning");
process.on("warning", ({ message }) => void stderr.write(`ondelette: ${message}\n`));
const { TERM, NO_COLOR = "" } = process.env;
process.exitCode = await runCommandLine(process.argv.slice(2), {
  table: commands,
  topics,
  write: (text) => write(stdout, text),
  columns: stdout.columns ?? 80,
  messages: {
    write: (text) => write(stderr, text),
    isTerminal: stderr.isTTY === true && TERM !== "dumb",
    get columns() {
      return stderr.columns ?? 80;
    },
    color: NO_COLOR === "",
    now: () => performance.now() / 1000,
  },
  signal: interrupt.signal,
});
