import { commands, topics } from "./commands.ts";
import { runCommandLine } from "./runCommandLine.ts";

/** Runs a command line in this process; gives what it printed and how it ended. */
export async function ondelette(...argv: string[]) {
  const printed = { out: "", err: "" };
  const code = await runCommandLine(argv, {
    ...{ table: commands, topics, columns: 80 },
    write: (text) => {
      printed.out += text;
    },
    messages: {
      write: (text) => {
        printed.err += text;
      },
      isTerminal: false,
      columns: 80,
      color: false,
      now: () => 0,
    },
    signal: new AbortController().signal,
  });
  return { code, ...printed };
}
