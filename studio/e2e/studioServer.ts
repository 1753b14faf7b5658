import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** A process of the command line, from the sources. */
export interface CommandProcess {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  printed(): string;
  /** Interrupts it, as Ctrl-C does, and waits until it has ended; gives its exit code. */
  end(): Promise<number | null>;
  /** Waits until it has ended by itself, or because others have interrupted it; gives its exit code. */
  ended(): Promise<number | null>;
}

/** Starts a command in `folder`. */
export function startCommand(folder: string, ...words: readonly string[]): CommandProcess {
  const child = spawn(process.execPath, [main, ...words], { cwd: folder });
  let text = "";
  child.stdout.on("data", (data) => {
    text += data;
  });
  child.stderr.resume();
  const closed = once(child, "close");
  const ended = async () => {
    await closed;
    return child.exitCode;
  };
  return {
    child,
    printed: () => text,
    async end() {
      if (child.exitCode === null) child.kill("SIGINT");
      return await ended();
    },
    ended,
  };
}

/** `ondelette studio` over the folder `runs` in `folder`; gives the address that it prints. */
export async function startStudio(
  folder: string,
): Promise<CommandProcess & { readonly address: string }> {
  const started = startCommand(folder, "studio", "runs", "--port", "0");
  const { stdout } = started.child;
  while (stdout && !started.printed().includes("\n")) await once(stdout, "data");
  return { ...started, address: started.printed().trim() };
}
