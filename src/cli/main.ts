#!/usr/bin/env node
/** The `ondelette` program: wires the process to the command line and nothing else. */
import { commands } from "./commands.ts";
import { exitCodes, runCommandLine } from "./runCommandLine.ts";
import { explainSystemError } from "./terminal/systemError.ts";

const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    process.stderr.write("\nstopping at the next safe point; once more stops at once\n");
    interrupt.abort();
  });
}

// A reader that went away (`ondelette … | head`) is no error; a full disk behind `>` is a person's to mend.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.done);
  const reason = explainSystemError(Object.assign(error, { path: "standard output" }));
  process.stderr.write(`ondelette: ${reason ?? error.message}\n`);
  process.exit(exitCodes.mistake);
});

const { stdout, stderr } = process;

// Printed as one sentence; Node alone would add its process number and how to trace it.
process.removeAllListeners("warning");
process.on("warning", ({ message }) => void stderr.write(`ondelette: ${message}\n`));
const { TERM, NO_COLOR = "" } = process.env;
process.exitCode = await runCommandLine(process.argv.slice(2), {
  table: commands,
  write: (text) => void stdout.write(text),
  messages: {
    write: (text) => void stderr.write(text),
    isTerminal: stderr.isTTY === true && TERM !== "dumb",
    get columns() {
      return stderr.columns ?? 80;
    },
    color: NO_COLOR === "",
    now: () => performance.now() / 1000,
  },
  signal: interrupt.signal,
});
