import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Communicator } from "./communicator.ts";

// Sources run as they are, and compiled: the watcher's module has the ending of this one.
const watcherModule = new URL(`./watcher${extname(import.meta.url)}`, import.meta.url);

/** What a rank says in the end, when all is well. */
export const goodbye = "end";

export interface Watching {
  /** Ranks of this machine. */
  readonly count: number;
  /** Tells the watcher that this rank ends of its own accord. */
  end(): void;
}

/**
 * Starts a process that watches the ranks of this machine over a connection to each: when one ends without having
 * said so (killed, out of memory, crashed) it says which, and ends those that the launcher leaves. Launchers end a job as well,
 * but some do not say who was lost, and none lets the others speak.
 */
export async function watchRanks(
  ranks: Pick<Communicator, "rank" | "gather">,
  host: string,
): Promise<Watching> {
  const text = new TextDecoder();
  const hosts = (await ranks.gather(new TextEncoder().encode(host))).map((name) =>
    text.decode(name),
  );
  const processes = (await ranks.gather(new TextEncoder().encode(`${process.pid}`))).map((pid) =>
    text.decode(pid),
  );
  const isFirst = hosts.indexOf(host) === ranks.rank;
  const here = processes.flatMap((pid, rank) => (hosts[rank] === host ? [`${rank}:${pid}`] : []));
  const path = isFirst ? join(tmpdir(), `ondelette-${randomUUID()}.sock`) : "";
  if (isFirst) await startWatcher(path, host, here);
  const paths = await ranks.gather(new TextEncoder().encode(path));
  const socket = createConnection(text.decode(paths[hosts.indexOf(host)]));
  socket.on("error", () => {}); // without a watcher the launcher alone notices
  socket.unref();
  await new Promise<void>((resolve) => {
    socket.once("connect", resolve).once("close", () => resolve());
  });
  socket.write(`${ranks.rank}\n`);
  return { count: here.length, end: () => socket.end(`${goodbye}\n`) };
}

/** Starts the watcher of this machine, and waits until it listens. It is a session of its own, so that no launcher ends it. */
function startWatcher(path: string, host: string, ranks: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(watcherModule), path, host, ...ranks], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.unref();
  return new Promise((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
    child.stdout.once("data", () => {
      child.stdout.destroy();
      resolve();
    });
  });
}
