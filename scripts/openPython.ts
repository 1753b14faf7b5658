import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A running Python script that answers every line of JSON with a line of JSON. */
export interface Python {
  /** What it said first. */
  readonly greeting: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: what a script answers is known to who asks
  ask(question: object): Promise<any>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface PythonOptions {
  /** Packages that the script imports, for the message where it does not start. */
  readonly packages?: readonly string[];
  /** Variables of its environment, beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands before the script on the line of the command. */
  readonly words?: readonly string[];
}

/** Starts a script beside this project, which must greet with a line of JSON. Throws where it does not. */
export async function openPython(
  python: string,
  script: URL,
  { packages = ["numpy", "pywt"], environment = {}, words = [] }: PythonOptions = {},
): Promise<Python> {
  const child = spawn(python, [...words, script.pathname], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {}); // reported to whoever awaits it
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) {
      throw new Error(`${python} gave no answer; it needs the packages ${packages.join(" and ")}`);
    }
    return JSON.parse(value);
  };
  return {
    greeting: await answer(),
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return answer();
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
    },
  };
}
