import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What ONNX Runtime's trace says of a node that ran. */
interface TraceEvent {
  readonly args?: { readonly provider?: string; readonly op_name?: string };
}

/** Nodes that ran on WebGPU, and the operators of those that ran elsewhere or copied between devices. */
export interface Placement {
  readonly there: number;
  readonly elsewhere: readonly string[];
}

/** Counts where nodes ran in `work`, which writes profiles with the prefix that it is given. */
export async function placementOf(work: (profile: string) => Promise<unknown>): Promise<Placement> {
  const folder = await mkdtemp(join(tmpdir(), "ondelette-trace-"));
  try {
    await work(join(folder, "trace"));
    let there = 0;
    const elsewhere: string[] = [];
    for (const file of await readdir(folder)) {
      const events: readonly TraceEvent[] = JSON.parse(await readFile(join(folder, file), "utf8"));
      for (const { args: { provider, op_name: operator = "" } = {} } of events) {
        if (provider === undefined) continue;
        if (provider.startsWith("WebGpu") && !operator.startsWith("Memcpy")) there += 1;
        else elsewhere.push(`${operator} on ${provider}`);
      }
    }
    return { there, elsewhere };
  } finally {
    await rm(folder, { recursive: true });
  }
}
