import type { Communicator } from "../../mpi/communicator.ts";
import type { Elapsed } from "../plan.ts";
import type { Values } from "../trainable.ts";

/** Times the median's computing time, over at least this many seconds, that make a rank slow. */
const [slowFactor, watched] = [1.5, 20];

/** Watches how long the ranks of a training compute, and what they spend on each other. */
export interface SlownessCheck {
  /** Adds a round: seconds that each rank computed, and where the training is. */
  add(seconds: readonly number[], elapsed: Elapsed): void;
  /**
   * What a record says since the last one: the shares of this rank's time that went into moving data and into waiting for
   * slower ranks, and the slowest rank's computing time in units of the mean. Empty for one rank.
   */
  values(): Values;
}

/** `notice` receives a sentence when a rank is slow; once for each rank. */
export function createSlownessCheck(
  ranks: Communicator,
  notice: ((sentence: string) => void) | undefined,
): SlownessCheck {
  const { size } = ranks;
  let computed = new Float64Array(size); // since the last record
  let long = new Float64Array(size); // since the last look for slow ranks
  let [spent, at] = [ranks.spent(), performance.now()];
  let since: number | undefined;
  const told = new Set<number>();
  return {
    add(seconds, elapsed) {
      if (size === 1) return;
      since ??= elapsed.seconds;
      seconds.forEach((value, rank) => {
        computed[rank]! += value;
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
    values() {
      if (size === 1) return {};
      const [now, before, total] = [ranks.spent(), spent, (performance.now() - at) / 1000];
      const mean = computed.reduce((a, b) => a + b) / size;
      const values = {
        ranks: size,
        moving: (now.moving - before.moving) / total,
        waiting: (now.waiting - before.waiting) / total,
        slowest: Math.max(...computed) / mean,
      };
      [spent, at, computed] = [now, performance.now(), new Float64Array(size)];
      return values;
    },
  };
}
