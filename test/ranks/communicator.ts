import { openMpi } from "../../src/mpi/openMpi.ts";
import { communicatorCases } from "../../src/mpi/testing.ts";

// A rank of the tests: it does what every communicator does, and what each rank got is printed by the first; or rank 1 is
// killed (`kill`), or stands still (`stop SECONDS`, the time limit then).
const [, , what, limit = 60] = process.argv;
const ranks = await openMpi({ timeLimit: Number(limit) });
if (what !== undefined && ranks.rank === 1) {
  process.kill(process.pid, what === "kill" ? "SIGKILL" : "SIGSTOP");
}
const results: unknown[] = [];
for (const { call } of Object.values(communicatorCases)) results.push(await call(ranks));
const all = await ranks.gather(new TextEncoder().encode(JSON.stringify(results)));
const text = all.map((bytes) => new TextDecoder().decode(bytes)).join(",");
if (ranks.rank === 0) console.log(`[${text}]`);
await ranks[Symbol.asyncDispose]();
