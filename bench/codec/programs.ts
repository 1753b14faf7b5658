import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program on one thread and waits for its end; exit codes besides 0 in `allowed` are good. Throws Error with its last words. */
export async function run(
  program: string,
  args: readonly string[],
  allowed: readonly number[] = [],
): Promise<void> {
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPJ_NUM_THREADS: "1" };
  await execute(program, args, { env, maxBuffer: 2 ** 26 }).catch((error) => {
    if (allowed.includes(error.code)) return;
    throw new Error(
      `${program} ${args.join(" ")}: ${`${error.stderr}`.slice(-300) || error.message}`,
    );
  });
}

/** The first number of a version that a program tells; undefined where it is not installed. */
export async function versionOf(program: string, word: string): Promise<string | undefined> {
  const said = await execute(program, [word]).catch((error) =>
    error.code === "ENOENT" ? undefined : error,
  );
  return said && (/\d+\.\d+(\.\d+)?/.exec(`${said.stdout}${said.stderr}`)?.[0] ?? "?");
}

/** Does some work in a folder of its own, which is removed. */
export async function inFolder<T>(
  work: (path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "ondelette-codec-"));
  try {
    return await work((name) => join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Processor time in seconds, in user and in system mode, of programs that this process has started and that have ended (Linux; to 10 ms). */
export function secondsOfPrograms(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ")[1]!.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100; // behind the name: cutime and cstime, in ticks
}
