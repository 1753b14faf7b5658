import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { goodbye } from "./watch.ts";

// The process of `watchRanks`. Arguments: the path of its socket, the name of this machine, and its ranks as `rank:process`.
const [path = "", host = "", ...pairs] = process.argv.slice(2);

/** A rank of this machine. */
interface Watched {
  readonly rank: string;
  readonly pid: number;
  /** Whether it is connected: its end is then seen at once. */
  isConnected: boolean;
}

/** Ranks that have not ended. */
const living = new Map<string, Watched>(
  pairs.map((pair) => {
    const [rank = "", pid] = pair.split(":");
    return [rank, { rank, pid: Number(pid), isConnected: false }];
  }),
);
/** Milliseconds that the launcher has to end the ranks that are left, and between looks at ranks that are not connected yet. */
const [patience, interval] = [5000, 100];
let isLost = false;

const server = createServer((socket) => {
  let [text, rank] = ["", ""];
  let isDone = false;
  socket.setEncoding("utf8");
  socket.on("data", (some) => {
    const lines = (text + some).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (line === goodbye) isDone = true;
      else {
        rank = line;
        const watched = living.get(rank);
        if (watched) watched.isConnected = true;
      }
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => end(rank, isDone));
});

/** A rank ended: says so once where it was not of its own accord, since the launcher then ends the others. */
function end(rank: string, isDone: boolean): void {
  const watched = living.get(rank);
  living.delete(rank);
  if (watched && !isDone && !isLost) {
    isLost = true;
    // A rank that was killed can make another crash that was receiving from it, and be gone later: both are named then.
    const others = crashed(watched.pid)
      ? [...living.values()].filter(({ pid }) => isEnding(pid))
      : [];
    const names = [watched, ...others].map(
      (one) => `rank ${one.rank} (process ${one.pid} on ${host})`,
    );
    process.stderr.write(
      `ondelette: ${names.join(" and ")} ${names.length === 1 ? "was" : "were"} killed or crashed, so the job ends; ` +
        "a training goes on from its last checkpoint when it is resumed\n",
    );
    setTimeout(() => {
      for (const { pid } of living.values()) signal(pid, "SIGKILL");
      leave();
    }, patience);
  }
  if (living.size === 0) leave();
}

/**
 * What Linux says of a process, after its name, which may hold spaces, in parentheses: its state, …; undefined where it is gone,
 * or the system is another.
 */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** Whether a process is about to end. */
function isEnding(pid: number): boolean {
  const [state = "", , , , , , flags = "0"] = statOf(pid) ?? ["X"];
  return state === "Z" || state === "X" || (Number(flags) & 0x4) !== 0; // PF_EXITING
}

/** Signals of a crash: SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
const crashes = [4, 6, 7, 8, 11];

/** Whether a process ends by a crash, and was not killed. */
const crashed = (pid: number): boolean => crashes.includes(Number(statOf(pid)?.[49]) & 0x7f); // its exit code

/** Sends a signal, 0 to ask whether a process is there; false where it is not. */
function signal(pid: number, name: "SIGKILL" | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function leave(): void {
  rmSync(path, { force: true });
  process.exit();
}

// Signals are for the ranks, which end of their own accord; and who started this process may be gone.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
server.listen(path, () => process.stdout.write("listening\n"));
const looking = setInterval(() => {
  const absent = [...living.values()].filter(({ isConnected }) => !isConnected);
  if (absent.length === 0) clearInterval(looking);
  for (const { rank, pid } of absent) if (!signal(pid, 0)) end(rank, false);
}, interval);
