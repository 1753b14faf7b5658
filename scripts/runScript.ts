import type { Command } from "../src/cli/parser/command.ts";
import { commandHelp } from "../src/cli/parser/help.ts";
import { parseWords } from "../src/cli/parser/parse.ts";
import { exitCodes } from "../src/cli/runCommandLine.ts";
import { createMessages } from "../src/cli/terminal/progress.ts";
import { explainSystemError } from "../src/cli/terminal/systemError.ts";
import { UserError } from "../src/errors/index.ts";
import { alone } from "../src/mpi/index.ts";

/** Runs a script of the repository as `ondelette` runs its commands: same flags, progress, errors and exit codes. */
export async function runScript(path: string, summary: string, command: Command): Promise<void> {
  const { stderr, stdout } = process;
  const columns = stdout.columns ?? 80;
  const messages = createMessages({
    write: (text) => void stderr.write(text),
    isTerminal: stderr.isTTY === true,
    columns: stderr.columns ?? 80,
    color: (process.env.NO_COLOR ?? "") === "",
    now: () => performance.now() / 1000,
  });
  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  try {
    const { json, help, args } = await parseWords(command, process.argv.slice(2));
    if (help) {
      console.log(
        commandHelp(path, summary, command, columns).replace(/^Usage: \S+/, "Usage: node"),
      );
      return;
    }
    const print = json ? () => {} : (line: string) => console.log(line);
    const { log, progress } = messages;
    const result = await command.run(args, {
      ...{ print, log, progress, signal: interrupt.signal, ranks: alone },
      process: { words: [], program: [process.execPath, path] },
    });
    if (json) console.log(JSON.stringify(result));
  } catch (error) {
    messages.close();
    const sentence = error instanceof UserError ? error.message : explainSystemError(error);
    if (interrupt.signal.aborted) process.exitCode = exitCodes.interrupted;
    else if (sentence === undefined) throw error;
    else {
      messages.log(sentence);
      process.exitCode = exitCodes.mistake;
    }
  } finally {
    messages.close();
  }
}
