import { describe, expect, it } from "vitest";
import { drawSvg } from "./drawSvg.ts";
import { type ChartOptions, lineChart } from "./lineChart.ts";

const chart = (options: Partial<ChartOptions> = {}) =>
  lineChart({
    title: "Training",
    xLabel: "steps",
    yLabel: "bits per image",
    series: [
      { name: "train", points: [1, 10, 100, 1000].map((x) => [x, 500 / Math.sqrt(x)]) },
      {
        name: "static coder",
        points: [
          [1, 300],
          [1000, 300],
        ],
        dashed: true,
      },
    ],
    ...options,
  });

describe("lineChart", () => {
  it("needs no fonts: its text is strokes", () => {
    expect(chart()).not.toContain("<text");
  });

  it("is drawn at the size asked for", async () => {
    const { width, height, channels } = await drawSvg(chart({ width: 300, height: 200 }), 2);
    expect([width, height, channels]).toEqual([600, 400, 3]);
  });

  it("never writes a coordinate that is not a number, whatever the points", () => {
    const awkward: ChartOptions["series"][number]["points"][] = [
      [],
      [[5, 5]],
      [
        [0, Number.NaN],
        [1, Number.POSITIVE_INFINITY],
        [2, 3],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, -1e-9],
        [1e9, 1e-9],
      ],
    ];
    for (const xScale of ["linear", "log"] as const) {
      for (const points of awkward) {
        const svg = chart({ series: [{ name: "a", points }], xScale });
        expect(svg).not.toMatch(/NaN|Infinity/);
      }
    }
  });

  it("lets heights be in proportion to amounts, from 0 up", () => {
    const points = [
      [1, 20],
      [2, 30],
    ] as const;
    const heights = (options: Partial<ChartOptions>) => {
      const svg = chart({ series: [{ name: "a", points }], height: 440, ...options });
      const [, low, high] = /d="M[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)" stroke=/.exec(svg)!.map(Number);
      return (440 - 56 - low!) / (440 - 56 - high!); // above the lower margin
    };
    expect(heights({ yFromZero: true })).toBeCloseTo(2 / 3, 2);
    expect(heights({})).toBeCloseTo(0, 2);
  });

  it("keeps a legend of many lines off the curves", () => {
    const rightmost = (count: number, legendBeside = false) => {
      const series = Array.from({ length: count }, (_, i) => ({
        name: `mixing ${i}`,
        points: [
          [0, 0],
          [1, 1],
        ] as const,
      }));
      const curves = [
        ...chart({ series, legendBeside }).matchAll(/<path d="M[\d.]+ [\d.]+L([\d.]+) /g),
      ];
      return Math.max(...curves.slice(0, count).map(([, x]) => Number(x)));
    };
    expect(rightmost(9)).toBeLessThan(rightmost(2) - 80);
    expect(rightmost(2, true)).toBe(rightmost(9)); // or wherever it is told to
  });

  it("keeps the legend of a few lines in the corner that hides less of the curves", () => {
    const legendTop = (up: boolean) => {
      const points = [1, 2, 3, 4, 5].map((x) => [x, up ? x : -x] as const);
      const svg = chart({ series: [{ name: "a", points }] });
      return Number(svg.match(/<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="28"/)?.[1]);
    };
    expect(legendTop(false)).toBe(48);
    expect(legendTop(true)).toBeGreaterThan(300);
  });

  it("draws a dot where a point has no neighbor to be joined to, and nowhere else", () => {
    const dots = (...points: [number, number][]) =>
      chart({ series: [{ name: "a", points }] }).match(/<circle [^>]*fill="#0072b2"/g)?.length ?? 0;
    expect(dots([1, 1])).toBe(1);
    expect(dots([1, 1], [2, 2])).toBe(0);
    expect(dots([1, 1], [2, 2], [3, Number.NaN], [4, 4], [5, Number.NaN])).toBe(1);
  });

  it("keeps its numbers off the label of the axis, however long they are", () => {
    const left = (...values: number[]) => {
      const points = values.map((value, i) => [i, value] as const);
      const svg = chart({ series: [{ name: "a", points }] });
      return Number(svg.match(/<path d="M([\d.]+) [\d.]+V[\d.]+H/)?.[1]);
    };
    expect(left(1, 2)).toBe(72);
    expect(left(0.693_21, 0.693_79)).toBeGreaterThan(72);
  });

  it("breaks the line at a missing value", () => {
    const points: [number, number][] = [
      [1, 1],
      [2, 2],
      [3, Number.NaN],
      [4, 4],
      [5, 5],
    ];
    const svg = chart({ series: [{ name: "a", points }] });
    expect(svg).toMatch(
      /<path d="M[\d.]+ [\d.]+L[\d.]+ [\d.]+M[\d.]+ [\d.]+L[\d.]+ [\d.]+" stroke="#0072b2"/,
    );
  });
});
