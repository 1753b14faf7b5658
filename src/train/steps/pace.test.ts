import { describe, expect, onTestFinished, test, vi } from "vitest";
import { alone, type Communicator } from "../../mpi/communicator.ts";
import { createPace, isPaceKey } from "./pace.ts";

/** Ranks whose time in communication is set by hand, and a clock that stands still. */
function ranksOf(size: number) {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const spent = { waiting: 0, moving: 0, bytes: 0 };
  const ranks: Communicator = { ...alone, size, spent: () => ({ ...spent }) };
  return { ranks, spent, pass: (seconds: number) => vi.advanceTimersByTime(1000 * seconds) };
}

test("the pace of one process is its examples per second of steps", () => {
  const pace = createPace(alone, "images");
  pace.add(64, 0.5, [0.5]);
  pace.add(64, 1.5, [1.5]);
  expect(pace.values()).toEqual({ imagesPerSecond: 64 });
  pace.add(64, 0.5, [0.5]);
  expect(pace.values()).toEqual({ imagesPerSecond: 128 });
  expect(pace.whole()).toEqual({ imagesPerSecond: 76.8 });
  expect(pace.text()).toBe("");
});

test("before the first step there is none", () => {
  expect(createPace(alone, "images").whole()).toEqual({});
});

describe("the pace of several ranks", () => {
  test("has the shares of time since the last record, and of each rank", () => {
    const { ranks, spent, pass } = ranksOf(2);
    const pace = createPace(ranks, "tokens");
    expect(pace.text()).toBe("");
    pass(4);
    Object.assign(spent, { moving: 0.12, waiting: 0.2, bytes: 800 });
    pace.add(100, 2, [1, 3]);
    const shares = { moving: 0.03, waiting: 0.05, movedBytes: 800, slowest: 1.5 };
    const first = { tokensPerSecond: 50, ranks: 2, ...shares };
    const computing = { computing0: 0.25, computing1: 0.75 };
    expect(pace.values()).toEqual({ ...first, ...computing });
    expect(pace.text()).toBe("moving 3 %, waiting 5 %");
    pass(1);
    pace.add(100, 1, [1, 1]);
    expect(pace.values()).toMatchObject({ moving: 0, waiting: 0, slowest: 1, computing1: 1 });
    expect(pace.whole()).toMatchObject({ moving: 0.024, waiting: 0.04, computing1: 0.8 });
    expect(Object.keys(pace.whole()).filter((key) => !isPaceKey(key))).toEqual([]);
  });

  test("names each only where they are few", () => {
    const { ranks, pass } = ranksOf(17);
    const pace = createPace(ranks, "tokens");
    pass(1);
    pace.add(1, 1, new Array(17).fill(1));
    expect(Object.keys(pace.values())).toEqual([
      ...["tokensPerSecond", "ranks", "moving", "waiting", "movedBytes", "slowest"],
    ]);
  });
});
