import { describe, expect, it } from "vitest";
import { createMessages } from "./progress.ts";

/** Messages on a pretend stream whose clock is set by hand. */
function pretend(stream: { isTerminal?: boolean; columns?: number; color?: boolean } = {}) {
  const state = { text: "", seconds: 0 };
  const messages = createMessages({
    isTerminal: false,
    columns: 100,
    color: false,
    ...stream,
    write: (text) => {
      state.text += text;
    },
    now: () => state.seconds,
  });
  return { state, messages };
}

/** What a person sees on the last line of a terminal. */
const lastDrawn = (text: string) => text.split("\r\x1b[K").at(-1);

describe("progress on a terminal", () => {
  it("shows label, bar, count, rate, time left and the metric", () => {
    const { state, messages } = pretend({ isTerminal: true });
    const bar = messages.progress({ label: "training", unit: "steps", total: 2000 });
    state.seconds = 10;
    bar.update(500, "0.41 bits/pixel");
    expect(lastDrawn(state.text)).toBe(
      "training ━━━━━━━────────────────────  25 %  500/2,000 steps  50 steps/s  0:30 left  0.41 bits/pixel",
    );
  });

  it("shows a share alone where nothing is counted", () => {
    const { state, messages } = pretend({ isTerminal: true });
    const bar = messages.progress({ label: "haar", total: 1 });
    state.seconds = 10;
    bar.update(0.25, "1.2 nats");
    expect(lastDrawn(state.text)).toBe(
      "haar ━━━━━━━━──────────────────────  25 %  0:30 left  1.2 nats",
    );
  });

  it("never wraps, however narrow the window", () => {
    for (let columns = 1; columns < 120; columns++) {
      const { state, messages } = pretend({ isTerminal: true, columns });
      const bar = messages.progress({ label: "training", unit: "steps", total: 10 });
      state.seconds = 1;
      bar.update(5, "1.2 bits");
      expect(lastDrawn(state.text)?.length).toBeLessThan(columns);
    }
  });

  it("leaves out the less important facts where the window is narrow", () => {
    const shown = (columns: number) => {
      const { state, messages } = pretend({ isTerminal: true, columns });
      const bar = messages.progress({ label: "training", unit: "steps", total: 104 });
      state.seconds = 19;
      bar.update(78, "2.133 nats, validation 2.122");
      return lastDrawn(state.text);
    };
    expect([100, 80, 60, 40, 20].map(shown)).toEqual([
      "training ━━━━━━━━━━━━────  75 %  78/104 steps  4.1 steps/s  0:06 left  2.133 nats, validation 2.122",
      "training ━━━━━━━──  75 %  78/104 steps  0:06 left  2.133 nats, validation 2.122",
      "training ━━━━━━━━━━━━━━━━─────  75 %  0:06 left  2.133 nats",
      "training ━━━━━━━━━───  75 %  2.133 nats",
      "training 75 %",
    ]);
  });

  it("shows a spinner and no percentage where the end is not known", () => {
    const { state, messages } = pretend({ isTerminal: true });
    const bar = messages.progress({ label: "reading", unit: "tokens" });
    const frames = [1.05, 1.16, 1.27].map((seconds) => {
      state.seconds = seconds;
      bar.update(Math.round(1000 * seconds));
      return lastDrawn(state.text) ?? "";
    });
    expect(frames[0]).toMatch(/^reading \S {2}1,050 tokens {2}1,000 tokens\/s {2}0:01$/);
    expect(new Set(frames.map((frame) => frame[8])).size).toBe(3);
    bar.finish();
    expect(lastDrawn(state.text)).toBe("reading  1,270 tokens  1,000 tokens/s  in 0:01\n");
    expect(state.text).not.toContain("%");
  });

  it("keeps lines above the bar and ends with a line of its own", () => {
    const { state, messages } = pretend({ isTerminal: true });
    const bar = messages.progress({ label: "reading", unit: "images", total: 4 });
    state.seconds = 1;
    bar.update(2);
    messages.log("wrote samples.png");
    expect(state.text).toContain("\r\x1b[Kwrote samples.png\nreading ━");
    bar.update(4);
    bar.finish();
    bar.finish();
    expect(lastDrawn(state.text)).toMatch(/100 %.*in 0:01\n$/);
    messages.log("done");
    expect(state.text.endsWith("\ndone\n")).toBe(true);
  });

  it("redraws at most ten times a second", () => {
    const { state, messages } = pretend({ isTerminal: true });
    const bar = messages.progress({ label: "a", unit: "steps", total: 1000 });
    for (let i = 0; i < 1000; i++) {
      state.seconds = i / 1000;
      bar.update(i);
    }
    expect(state.text.split("\r").length - 1).toBeLessThanOrEqual(11);
  });

  it("uses color only where it is wanted", () => {
    for (const color of [true, false]) {
      const { state, messages } = pretend({ isTerminal: true, color });
      messages.progress({ label: "a", unit: "steps", total: 2 }).update(1);
      expect(state.text.includes("\x1b[36m")).toBe(color);
    }
  });
});

it("lines never hold control characters of the names in them", () => {
  const { state, messages } = pretend();
  messages.log("a\u001b[2J.png is left out");
  expect(state.text).toBe("a\\x1b[2J.png is left out\n");
});

describe("progress in a log", () => {
  it("is an occasional plain line, and the last one", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "training", unit: "steps", total: 100 });
    for (let i = 1; i <= 40; i++) {
      state.seconds = i;
      bar.update(i, "3 bits");
    }
    bar.finish();
    expect(state.text).toBe(
      [
        "training: 15 %, 15/100 steps, 1.0 steps/s, 1:25 left, 3 bits",
        "training: 30 %, 30/100 steps, 1.0 steps/s, 1:10 left, 3 bits",
        "training: 40 %, 40/100 steps, 1.0 steps/s, in 0:40, 3 bits\n",
      ].join("\n"),
    );
  });
});

describe("progress counts", () => {
  it("by the clock when the work ends by the clock", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "demo", unit: "steps", total: { seconds: 180 } });
    state.seconds = 45;
    bar.update(90);
    expect(state.text).toBe("demo: 25 %, 90 steps, 2.0 steps/s, 2:15 left\n");
  });

  it("the time that a resumed run has spent before", () => {
    const { state, messages } = pretend();
    const total = { seconds: 60, before: 20 };
    const bar = messages.progress({ label: "training", unit: "steps", total, start: 100 });
    state.seconds = 20;
    bar.update(200);
    expect(state.text).toBe("training: 66 %, 200 steps, 5.0 steps/s, 0:20 left\n");
    state.seconds = 40;
    bar.finish();
    expect(state.text).toMatch(/training: 100 %, 200 steps, 5.0 steps\/s, in 0:40\n$/);
  });

  it("the time until the end, also since the last update", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "reading", unit: "files", total: 3 });
    state.seconds = 1;
    bar.update(3);
    state.seconds = 5;
    bar.finish();
    expect(state.text).toBe("reading: 100 %, 3/3 files, 3.0 files/s, in 0:05\n");
  });

  it("without a percentage where the end is not known", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "reading", unit: "tokens" });
    state.seconds = 20;
    bar.update(40);
    bar.finish();
    expect(state.text).toBe(
      "reading: 40 tokens, 2.0 tokens/s, 0:20\nreading: 40 tokens, 2.0 tokens/s, in 0:20\n",
    );
  });

  it("only new work toward the rate of a resumed run", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "a", unit: "steps", total: 1000, start: 900 });
    state.seconds = 20;
    bar.update(920);
    expect(state.text).toContain("92 %, 920/1,000 steps, 1.0 steps/s, 1:20 left");
  });

  it("no rate over hardly any time", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "training", unit: "steps", total: 1 });
    state.seconds = 1e-5;
    bar.update(1);
    bar.finish();
    expect(state.text).toBe("training: 100 %, 1/1 steps, in 0:00\n");
  });

  it("forgets the old rate", () => {
    const { state, messages } = pretend();
    const bar = messages.progress({ label: "a", unit: "steps", total: 1e6 });
    let done = 0;
    for (let second = 1; second <= 200; second++) {
      state.seconds = second;
      done += second <= 100 ? 1000 : 10;
      bar.update(done);
    }
    expect(state.text.trim().split("\n").at(-1)).toContain("10 steps/s");
  });
});
