import type { Communicator } from "../../mpi/communicator.ts";
import type { Elapsed } from "../plan.ts";

/** Times the median's computing time, over at least this many seconds, that make a rank slow. */
const [slowFactor, watched] = [1.5, 20];

/** Watches how long the ranks of a training compute. */
export interface SlownessCheck {
  /** Adds a round: seconds that each rank computed, and where the training is. */
  add(seconds: readonly number[], elapsed: Elapsed): void;
}

/** `notice` receives a sentence when a rank is slow; once for each rank. */
export function createSlownessCheck(
  { size }: Pick<Communicator, "size">,
  notice: ((sentence: string) => void) | undefined,
): SlownessCheck {
  let long = new Float64Array(size); // since the last look for slow ranks
  let since: number | undefined;
  const told = new Set<number>();
  return {
    add(seconds, elapsed) {
      if (size === 1) return;
      since ??= elapsed.seconds;
      seconds.forEach((value, rank) => {
        long[rank]! += value;
      });
      if (elapsed.seconds - since < watched) return;
      const median = long.toSorted()[Math.floor((size - 1) / 2)]!; // one for each rank
      for (const [rank, value] of long.entries()) {
        if (value <= slowFactor * median || told.has(rank)) continue;
        told.add(rank);
        notice?.(
          `rank ${rank} is slow: its steps take ${(value / median).toFixed(1)} times as long as the median rank's, and all wait for it`,
        );
      }
      [since, long] = [elapsed.seconds, new Float64Array(size)];
    },
  };
}
