import { describe, expect, test, vi } from "vitest";
import { installedMpis, startRanks } from "../../test/mpiexec.ts";
import { alone } from "./communicator.ts";
import { communicatorCases, inOneProcess } from "./testing.ts";

vi.setConfig({ testTimeout: 120_000 }); // a busy machine

const names = Object.keys(communicatorCases);

describe.each([1, 2, 5])("%i ranks in one process", (size) => {
  test.each(names)("%s", async (name) => {
    const { call, expected } = communicatorCases[name]!;
    const results = await inOneProcess(size, call);
    results.forEach((result, rank) => {
      expect(result).toEqual(expected(rank, size));
    });
  });
});

describe("a process alone", () => {
  test.each(names)("%s", async (name) => {
    const { call, expected } = communicatorCases[name]!;
    expect(await call(alone)).toEqual(expected(0, 1));
  });
});

const script = "test/ranks/communicator.ts";
describe.each(installedMpis())("ranks of $name", (mpi) => {
  test.skipIf(mpi.missing !== undefined).each([2, 3])(
    `%i of them${mpi.missing ?? ""}: ${names.join("; ")}`,
    async (size) => {
      const { code, out, err } = await startRanks(mpi, size, [script]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      const results = JSON.parse(out);
      for (const [i, name] of names.entries()) {
        for (let rank = 0; rank < size; rank++) {
          expect([name, rank, results[rank][i]]).toEqual([
            ...[name, rank, communicatorCases[name]!.expected(rank, size)],
          ]);
        }
      }
    },
  );

  test.skipIf(mpi.missing !== undefined)(
    "that are killed are named, and the job ends",
    async () => {
      const { code, err } = await startRanks(mpi, 3, [script, "kill"]);
      expect(code).not.toBe(0);
      expect(err).toMatch(
        /ondelette: .*\brank 1 \(process \d+ on \S+\).* (was|were) killed or crashed, so the job ends/,
      );
    },
  );

  test.skipIf(mpi.missing !== undefined)(
    "that do not answer are named by the others after the time limit",
    async () => {
      // On a busy machine the others may not answer within two seconds either.
      for (const limit of [2, 20]) {
        const { code, err } = await startRanks(mpi, 3, [script, "stop", `${limit}`]);
        expect(code).not.toBe(0);
        const sentence = `rank 1 did not answer within ${limit} s; the job ends`;
        if (err.includes(sentence)) return;
        if (limit > 2) expect(err).toContain(sentence);
      }
    },
  );
});
