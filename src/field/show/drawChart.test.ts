import { describe, expect, it } from "vitest";
import type { Signal } from "../signal/signal.ts";
import { drawChart } from "./drawChart.ts";

const picture = (size: readonly number[], channels: number, ...values: number[]): Signal => ({
  size,
  channels,
  values: Float32Array.from(values),
});

describe("drawChart", () => {
  const sound: Signal = {
    size: [4000],
    channels: 2,
    values: Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i)),
    rate: 8000,
  };

  it("draws long signals, channels, marks and ranges", async () => {
    const chart = await drawChart([{ name: "a", signal: sound }], { title: "A", marks: [3, 2000] });
    expect([chart.width, chart.height]).toEqual([1440, 880]);
    const flat = { size: [1], channels: 1, values: Float32Array.of(0), range: { low: 2, high: 4 } };
    await drawChart([{ name: "one sample", signal: flat }], { title: "B" });
  });

  it("refuses a picture", () => {
    expect(() => drawChart([{ name: "a", signal: picture([1, 1], 1, 0) }], { title: "A" })).toThrow(
      RangeError,
    );
  });
});
