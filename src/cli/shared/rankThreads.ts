import { availableParallelism, cpus } from "node:os";
import type { Communicator } from "../../mpi/communicator.ts";

/**
 * Threads of a rank, where a command says nothing: the cores that the launcher bound it to, else its share of the machine's.
 * Undefined for a process by itself, which leaves it to the engine.
 */
export function threadsOfRank(given: number | undefined, { size, localSize }: Communicator) {
  if (given !== undefined || size === 1) return given;
  const [mine, all] = [availableParallelism(), cpus().length];
  return mine < all ? mine : Math.max(1, Math.floor(all / localSize));
}
