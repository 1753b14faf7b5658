import { alone, type Communicator } from "./communicator.ts";

/** What the ranks of a test bring to a meeting, and what they take from it. */
interface Meeting {
  readonly brought: unknown[];
  readonly all: Promise<readonly unknown[]>;
  resolve(all: readonly unknown[]): void;
}

/**
 * Runs `work` as the ranks of a job, all in this process: the collective calls of `Communicator` without MPI. Where one
 * rank throws, the others are not waited for.
 */
export function inOneProcess<T>(
  size: number,
  work: (ranks: Communicator) => Promise<T>,
): Promise<readonly T[]> {
  const meetings: Meeting[] = [];
  const communicator = (rank: number): Communicator => {
    let number = 0;
    const meet = <V>(value: V): Promise<readonly V[]> => {
      const meeting = meetings[number] ?? newMeeting();
      meetings[number++] = meeting;
      meeting.brought[rank] = value;
      if (Object.keys(meeting.brought).length === size) meeting.resolve(meeting.brought);
      return meeting.all as Promise<readonly V[]>; // all bring the same kind of thing
    };
    const sum = async (values: Float32Array) => {
      const all = await meet(values.slice());
      values.fill(0);
      for (const other of all)
        for (const [i, value] of other.entries()) values[i] = values[i]! + value;
    };
    return {
      ...alone,
      ...{ rank, size, localSize: size, sum },
      async exchange(values) {
        const all = await meet(values.slice());
        return Float64Array.from(all.flatMap((own) => [...own]));
      },
      gather: async (bytes) => (await meet(bytes)).map((own) => own.slice()),
      async broadcast(values) {
        values.set((await meet(values.slice()))[0]!); // rank 0's
      },
      sumParts: sum,
      async shareParts(values, starts) {
        const all = await meet(values.slice());
        for (const [other, own] of all.entries()) {
          values.set(own.subarray(starts[other], starts[other + 1]), starts[other]);
        }
      },
    };
  };
  return Promise.all(Array.from({ length: size }, (_, rank) => work(communicator(rank))));
}

function newMeeting(): Meeting {
  let resolve: Meeting["resolve"] = () => {};
  const all = new Promise<readonly unknown[]>((done) => {
    resolve = done;
  });
  return { brought: [], all, resolve };
}

/** What every communicator does: a call, and what each rank gets from it. */
export const communicatorCases: Readonly<
  Record<
    string,
    {
      call(ranks: Communicator): Promise<unknown>;
      expected(rank: number, size: number): unknown;
    }
  >
> = {
  "exchange gives everybody's numbers, by rank": {
    call: async (ranks) => [...(await ranks.exchange(Float64Array.of(ranks.rank, 0.1)))],
    expected: (_, size) => numbers(size).flatMap((rank) => [rank, 0.1]),
  },
  "gather gives everybody's bytes, of any length": {
    call: async (ranks) =>
      (await ranks.gather(new Uint8Array(ranks.rank).fill(7))).map((bytes) => [...bytes]),
    expected: (_, size) => numbers(size).map((rank) => Array(rank).fill(7)),
  },
  "gather of nothing is empty": {
    call: async (ranks) => (await ranks.gather(new Uint8Array(0))).map(({ length }) => length),
    expected: (_, size) => numbers(size).map(() => 0),
  },
  "broadcast gives rank 0's numbers": {
    call: async (ranks) => {
      const values = Float32Array.of(ranks.rank, ranks.rank + 0.5);
      await ranks.broadcast(values);
      return [...values];
    },
    expected: () => [0, 0.5],
  },
  "sum adds up, in a view of a larger array": {
    call: async (ranks) => {
      const all = new Float32Array(7).fill(ranks.rank + 1);
      await ranks.sum(all.subarray(1, 6));
      return [...all];
    },
    expected: (rank, size) => {
      const total = (size * (size + 1)) / 2;
      return [rank + 1, ...Array(5).fill(total), rank + 1];
    },
  },
  "sum of a million numbers is right everywhere": {
    call: async (ranks) => {
      const values = Float32Array.from({ length: 1_000_003 }, (_, i) => (i % 5) + ranks.rank);
      await ranks.sum(values);
      const { size } = ranks;
      const offset = (size * (size - 1)) / 2;
      return values.findIndex((value, i) => value !== size * (i % 5) + offset);
    },
    expected: () => -1,
  },
  "sumParts and shareParts together are a sum, also where a part is empty": {
    call: async (ranks) => {
      const { size, rank } = ranks;
      const starts = [0, ...numbers(size).map((other) => Math.max(0, other) * 2)];
      const values = Float32Array.from({ length: starts[size]! }, (_, i) => i * (rank + 1));
      await ranks.sumParts(values, starts);
      await ranks.shareParts(values, starts);
      return [...values];
    },
    expected: (_, size) =>
      Array.from({ length: 2 * (size - 1) }, (_, i) => (i * size * (size + 1)) / 2),
  },
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
