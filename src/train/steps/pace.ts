import type { Communicator } from "../../mpi/communicator.ts";
import type { Values } from "../trainable.ts";

/** Of more ranks than these a record does not name each one's time. */
const mostNamed = 16;

/** How fast a training goes, and what its ranks do with their time. */
export interface Pace {
  /** Adds a round: its examples, those of all ranks, the seconds that it took, and those that each rank computed. */
  add(examples: number, seconds: number, computed: readonly number[]): void;
  /**
   * What a record says since the last one: examples per second of steps, of all ranks together; and for several ranks their
   * number, the shares of rank 0's time that went into moving data and into waiting for slower ranks, the bytes of the
   * arrays that it moved, the slowest rank's computing time in units of the mean, and the share of the time that each rank computed.
   */
  values(): Values;
  /** The same since the training began. */
  whole(): Values;
  /** What a progress display says of the ranks: `moving 3 %, waiting 5 %`; empty for one, and before the first record. */
  text(): string;
}

/** Whether a key of `metrics.jsonl` is one of {@link Pace}: about the machines, and not about the model. */
export const isPaceKey = (key: string): boolean =>
  key.endsWith("PerSecond") ||
  /^computing\d/.test(key) ||
  ["ranks", "moving", "waiting", "movedBytes", "slowest"].includes(key);

/** The pace of a training whose examples are called `examples`, in the plural. */
export function createPace(ranks: Communicator, examples: string): Pace {
  const all = createStretch(ranks, examples);
  let recent = createStretch(ranks, examples);
  let last: Values = {};
  return {
    add(...round) {
      all.add(...round);
      recent.add(...round);
    },
    values() {
      last = recent.values();
      recent = createStretch(ranks, examples);
      return last;
    },
    whole: () => all.values(),
    text() {
      const { moving, waiting } = last;
      if (moving === undefined || waiting === undefined) return "";
      const percent = (share: number) => `${Math.round(100 * share)} %`;
      return `moving ${percent(moving)}, waiting ${percent(waiting)}`;
    },
  };
}

/** A stretch of a training, from now on. */
function createStretch(ranks: Communicator, name: string) {
  const { size } = ranks;
  const [begun, before] = [performance.now(), ranks.spent()];
  const computed = new Float64Array(size);
  let [examples, seconds] = [0, 0];
  return {
    add(count: number, time: number, each: readonly number[]) {
      examples += count;
      seconds += time;
      for (const [rank, own] of each.entries()) computed[rank] = computed[rank]! + own; // one for each rank
    },
    values(): Values {
      const rate = { [`${name}PerSecond`]: Number((examples / seconds).toPrecision(5)) };
      if (seconds === 0 || size === 1) return seconds === 0 ? {} : rate;
      const [now, total] = [ranks.spent(), (performance.now() - begun) / 1000];
      const share = (time: number) => Number((time / total).toFixed(4));
      const mean = computed.reduce((a, b) => a + b) / size;
      const each = [...computed].slice(0, size > mostNamed ? 0 : size);
      return {
        ...rate,
        ranks: size,
        moving: share(now.moving - before.moving),
        waiting: share(now.waiting - before.waiting),
        movedBytes: now.bytes - before.bytes,
        slowest: Number((Math.max(...computed) / mean).toFixed(4)),
        ...Object.fromEntries(each.map((time, rank) => [`computing${rank}`, share(time)])),
      };
    },
  };
}
