import type { Communicator } from "../../mpi/communicator.ts";

/**
 * What rank 0 makes, on all ranks, as JSON: the others wait for it. For files that one process must write before others read
 * them.
 */
export async function madeByFirst<T>(ranks: Communicator, make: () => Promise<T>): Promise<T> {
  if (ranks.size === 1) return make();
  const made = ranks.rank === 0 ? JSON.stringify(await make()) : "";
  const [bytes] = await ranks.gather(new TextEncoder().encode(made));
  return JSON.parse(new TextDecoder().decode(bytes));
}
