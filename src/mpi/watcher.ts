import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { goodbye } from "./watch.ts";

// The process of `watchRanks`: arguments are the path of its socket, the number of ranks of this machine, and its name.
const [path = "", count = "", host = ""] = process.argv.slice(2);

/** Seconds that the launcher has to end the ranks that are left, and seconds for ranks to connect at all. */
const [patience, arrival] = [5, 60];

const living = new Map<Socket, number>(); // process numbers
let [seen, isLost] = [0, false];

const server = createServer((socket) => {
  let [text, rank] = ["", ""];
  let isDone = false;
  seen++;
  socket.setEncoding("utf8");
  socket.on("data", (some) => {
    text += some;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      if (line === goodbye) isDone = true;
      else {
        const [name = "", pid] = line.split(" ");
        rank = name;
        living.set(socket, Number(pid));
      }
    }
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    const pid = living.get(socket);
    living.delete(socket);
    if (!isDone && !isLost) lose(rank, pid);
    if (living.size === 0 && (isLost || seen >= Number(count))) leave();
  });
});

/** A rank is gone: says so once, since the launcher ends the others at once, and after a while ends what is left. */
function lose(rank: string, pid: number | undefined): void {
  isLost = true;
  process.stderr.write(
    `ondelette: rank ${rank} (process ${pid} on ${host}) was killed or crashed, so the job ends; ` +
      "the same command continues from the last checkpoint\n",
  );
  setTimeout(() => {
    for (const other of living.values()) process.kill(other, "SIGKILL");
    leave();
  }, 1000 * patience);
}

function leave(): void {
  rmSync(path, { force: true });
  process.exit();
}

// Signals are for the ranks, which end of their own accord.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});
process.stderr.on("error", () => {});
server.listen(path, () => process.stdout.write("listening\n"));
setTimeout(() => {
  if (seen < Number(count)) leave();
}, 1000 * arrival).unref();
