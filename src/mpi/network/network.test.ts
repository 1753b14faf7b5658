import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOneProcess } from "../testing.ts";
import { type Collective, collectiveSeconds, type Link } from "./collectives.ts";
import { fitLink } from "./fitLink.ts";
import { measureNetwork } from "./measureNetwork.ts";

const ranksAbove1 = fc.integer({ min: 2, max: 1024 });
const calls: readonly Collective[] = ["allReduce", "reduceScatter", "allGather"];
const anyLink = fc
  .tuple(fc.double({ min: -7, max: -3, noNaN: true }), fc.double({ min: 7, max: 11, noNaN: true }))
  .map(([a, b]): Link => ({ latency: 10 ** a, bandwidth: 10 ** b }));

describe("what a collective call costs", () => {
  const link = { latency: 1e-6, bandwidth: 1e9 };

  test("of one rank is nothing", () => {
    for (const call of calls) expect(collectiveSeconds(call, 1, 1e6, link)).toBe(0);
  });

  test("short all-reduces are doubling: log2 p (α + n/β)", () => {
    expect(collectiveSeconds("allReduce", 8, 8, link)).toBeCloseTo(3 * (1e-6 + 8e-9), 12);
  });

  test("long all-reduces move 2 (p−1)/p of their bytes", () => {
    const seconds = collectiveSeconds("allReduce", 4, 1e8, link);
    expect(seconds).toBeCloseTo(2 * 2 * 1e-6 + 2 * 0.75 * 0.1, 12);
  });

  test("a long all-reduce is a reduce-scatter and an all-gather", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 1024 }), anyLink, (ranks, any) => {
        const [all, scatter, gather] = calls.map((call) =>
          collectiveSeconds(call, ranks, 1e12, any),
        );
        expect(all! / (scatter! + gather!)).toBeCloseTo(1, 9);
      }),
    );
  });

  test("never falls with bytes, with latency, nor rises with bandwidth", () => {
    fc.assert(
      fc.property(ranksAbove1, anyLink, fc.integer({ min: 8, max: 1e9 }), (ranks, any, bytes) => {
        for (const call of calls) {
          const seconds = collectiveSeconds(call, ranks, bytes, any);
          const others = [
            collectiveSeconds(call, ranks, 2 * bytes, any),
            collectiveSeconds(call, ranks, bytes, { ...any, latency: 2 * any.latency }),
            collectiveSeconds(call, ranks, bytes, { ...any, bandwidth: any.bandwidth / 2 }),
          ];
          for (const other of others) expect(other).toBeGreaterThanOrEqual(seconds);
        }
      }),
    );
  });
});

describe("the fit", () => {
  const lengths = [8, 64, 512, 4096, 32_768, 262_144, 2 ** 21, 2 ** 24, 64e6];
  const measured = (ranks: number, link: Link, noise: (i: number) => number = () => 1) =>
    lengths
      .flatMap((bytes) => calls.map((call) => ({ call, bytes })))
      .map((point, i) => ({
        ...point,
        seconds: noise(i) * collectiveSeconds(point.call, ranks, point.bytes, link),
      }));

  test("recovers the link that times were made with", () => {
    fc.assert(
      fc.property(ranksAbove1, anyLink, (ranks, link) => {
        const { latency, bandwidth, deviation } = fitLink(measured(ranks, link), ranks);
        expect(latency / link.latency).toBeCloseTo(1, 3);
        expect(bandwidth / link.bandwidth).toBeCloseTo(1, 3);
        expect(deviation).toBeLessThan(1e-3);
      }),
      { numRuns: 30 },
    );
  });

  test("recovers it from times of which each tenth is disturbed a hundredfold", () => {
    const link = { latency: 3e-5, bandwidth: 3e9 };
    const times = measured(4, link, (i) => (i % 10 === 3 ? 100 : 1 + 0.05 * Math.sin(i)));
    const { latency, bandwidth } = fitLink(times, 4);
    expect(Math.abs(latency / link.latency - 1)).toBeLessThan(0.1);
    expect(Math.abs(bandwidth / link.bandwidth - 1)).toBeLessThan(0.1);
  });

  test("needs two lengths and two ranks", () => {
    const [point] = measured(2, { latency: 1, bandwidth: 1 });
    expect(() => fitLink([point!, point!], 2)).toThrow(RangeError);
    expect(() => fitLink(measured(2, { latency: 1, bandwidth: 1 }), 1)).toThrow(RangeError);
  });
});

test("ranks measure their network together, and all get the same", async () => {
  const results = await inOneProcess(3, (ranks) => {
    /** A communicator whose calls take the time that a link says. */
    const link = { latency: 1e-5, bandwidth: 1e9 };
    const spent = { moving: 0, waiting: 0, bytes: 0 };
    const timed =
      (call: Collective) =>
      <Rest extends readonly unknown[]>(
        work: (values: Float32Array<ArrayBuffer>, ...rest: Rest) => Promise<void>,
      ) =>
      async (values: Float32Array<ArrayBuffer>, ...rest: Rest) => {
        await work(values, ...rest);
        spent.moving +=
          collectiveSeconds(call, 3, 4 * values.length, link) * (1 + ranks.rank / 100);
      };
    return measureNetwork(
      {
        ...ranks,
        spent: () => ({ ...spent }),
        sum: timed("allReduce")(ranks.sum),
        sumParts: timed("reduceScatter")(ranks.sumParts),
        shareParts: timed("allGather")(ranks.shareParts),
      },
      { largest: 65_536, repeats: 3 },
    );
  });
  expect(results[1]).toEqual(results[0]);
  const [{ latency, bandwidth, points, ranks }] = results as [(typeof results)[0]];
  expect(ranks).toBe(3);
  expect(points.map(({ bytes }) => bytes)).toContain(65_536);
  expect(latency / 1.02e-5).toBeCloseTo(1, 1); // the slowest rank's
  expect(bandwidth / (1e9 / 1.02)).toBeCloseTo(1, 1);
});
