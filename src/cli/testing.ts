import { fileURLToPath } from "node:url";
import { alone, type Communicator } from "../mpi/communicator.ts";
import { commands, topics } from "./commands.ts";
import { runCommandLine } from "./runCommandLine.ts";

/** The words that start the program from its sources. */
const program = [process.execPath, fileURLToPath(new URL("main.ts", import.meta.url))] as const;

/** Runs a command line in this process; gives what it printed and how it ended. */
export const ondelette = (...argv: string[]) => interruptible(new AbortController().signal, argv);

/** The same, stopped by a signal as by Ctrl-C. */
export async function interruptible(
  signal: AbortSignal,
  argv: readonly string[],
  ranks: Communicator = alone,
) {
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
    ...{ signal, ranks },
    process: { program },
  });
  return { code, ...printed };
}
