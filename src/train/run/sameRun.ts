import { UserError } from "../../errors/userError.ts";
import type { Communicator } from "../../mpi/communicator.ts";
import type { TrainedConfig } from "./config.ts";
import { difference } from "./sameJson.ts";

/**
 * Throws UserError on every rank where one trains another run than rank 0: another model, plan, seed …. The path of the
 * data may differ, and the number of threads.
 */
export async function checkSameRun(ranks: Communicator, config: TrainedConfig): Promise<void> {
  if (ranks.size === 1) return;
  const own = new TextEncoder().encode(JSON.stringify({ ...config, data: withoutPath(config) }));
  const all = (await ranks.gather(own)).map((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
  for (const [rank, other] of all.entries()) {
    const found = difference(all[0], other);
    if (!found) continue;
    const [was, is] = [found.was, found.is].map((value) => JSON.stringify(value)?.slice(0, 80));
    throw new UserError(
      `rank ${rank} was started for a run with ${found.key} ${is}, and rank 0 with ${was}; start all ranks with the same ` +
        "command, on the same data",
      "contradicts-run",
    );
  }
}

const withoutPath = (config: object): object => ({
  ...("data" in config ? Object(config.data) : {}),
  path: undefined,
});
