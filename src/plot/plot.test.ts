import { describe, expect, test } from "vitest";
import { drawSvg } from "../data/draw/drawSvg.ts";
import { decodeImage } from "../data/images/decodeImage.ts";
import * as w from "../wavelets/index.ts";
import * as plot from "./index.ts";
import { strictXml } from "./testing.ts";

const length = 256;
const tone = Float64Array.from({ length }, (_, n) => Math.sin(n / 4) + 0.1 * Math.cos(n * n));
const matrix = {
  height: 30,
  width: 43,
  data: Float64Array.from({ length: 1290 }, (_, i) => i % 43),
};
const frequencies = Array.from({ length: 30 }, (_, i) => 0.5 * 2 ** (-i / 6));
const transform = w.cwt(tone, { frequencies }, "morlet6", { norm: "l1" });
const packet = w.waveletPacket(tone, "db4", { levels: 4 });

const squeezed = w.synchrosqueeze(tone, { frequencies }, "morlet6");
const coherence = w.waveletCoherence(transform, transform);

const plots: Readonly<Record<string, (options?: object) => string>> = {
  plotScalogram: (options) => plot.plotScalogram(transform, options),
  plotCoefficients: (options) => plot.plotCoefficients(w.wavedec(tone, "db4"), options),
  plotMosaic: (options) => plot.plotMosaic(w.wavedec2(matrix, "db3", { levels: 2 }), options),
  plotPackets: (options) => plot.plotPackets(packet, options),
  plotSynchrosqueezed: (options) => plot.plotSynchrosqueezed(squeezed, options),
  plotCoherence: (options) => plot.plotCoherence(coherence, options),
  "plotWavelet, orthogonal": (options) => plot.plotWavelet("db4", options),
  "plotWavelet, biorthogonal": (options) => plot.plotWavelet("bior2.2", options),
  "plotWavelet, without a function": (options) => plot.plotWavelet("rbio3.1", options),
  "plotWavelet, continuous": (options) => plot.plotWavelet("cmor1.5-1.0", options),
};

describe.each(Object.entries(plots))("%s", (_, draw) => {
  test("is valid XML of numbers, with a title and a description for screen readers", () => {
    const svg = draw();
    const elements = strictXml(svg);
    expect(elements.slice(0, 3)).toEqual(["svg", "title", "desc"]);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" [^>]*role="img"/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("takes any title, and a size", async () => {
    const svg = draw({ title: 'a < b & "c" \u0007', width: 500, height: 300 });
    strictXml(svg);
    expect(svg).toContain("<title>a &lt; b &amp; &quot;c&quot; </title>");
    const { width, height } = await drawSvg(svg);
    expect([width, height]).toEqual([500, 300]);
  });

  test("refuses unknown options and sizes that are no pictures", () => {
    expect(() => draw({ colour: "red" })).toThrow('unknown option "colour"');
    expect(() => draw({ width: 10 })).toThrow("the width must be an integer from 200 to 10000");
    expect(() => draw({ height: 1e9 })).toThrow(RangeError);
  });
});

test("a plot is drawn on white where no reader prefers dark", async () => {
  const { data } = await drawSvg(plot.plotScalogram(transform));
  expect([...data.subarray(0, 3)]).toEqual([255, 255, 255]);
});

describe("plotScalogram", () => {
  test("of 1.6 million values is a small picture", () => {
    const long = Float64Array.from({ length: 16_384 }, (_, n) => Math.sin(n / 5));
    const scales = w.scalesFor({ from: 2, to: 400, voices: 13 });
    const svg = plot.plotScalogram(w.cwt(long, scales, "mexh"));
    expect(scales.length).toBeGreaterThanOrEqual(99);
    expect(svg.length).toBeLessThan(200_000);
  });

  test("says where the modulus is largest", () => {
    const pulse = w.cwt(
      tone.map((_, n) => (n === 100 ? 1 : 0)),
      { frequencies: [25, 50, 100] },
      "mexh",
      { samplingPeriod: 1 / 400, norm: "l1" },
    );
    expect(/<desc>(.*)<\/desc>/.exec(plot.plotScalogram(pulse, { unit: "s" }))?.[1]).toMatch(
      /3 frequencies from 25 to 100 Hz, by mexh. It is largest, [\d.]+, at 100 Hz and 0.25 s/,
    );
  });

  test("its raster has the brightest color at the ridge", async () => {
    const base64 = /base64,([^"]+)"/.exec(plot.plotScalogram(transform, { cone: false }))![1]!;
    const { width, height, data } = await decodeImage(Buffer.from(base64, "base64"), "raster.png");
    expect([width, height]).toEqual([length, 30]);
    const green = (x: number, y: number) => data[3 * (y * width + x) + 1]!;
    const column = Array.from({ length: height }, (_, y) => green(128, y));
    const peak = column.indexOf(Math.max(...column));
    expect(Math.abs(Math.log2(frequencies[peak]! * 2 * Math.PI * 4))).toBeLessThan(0.2);
  });

  test("draws silence, one sample and one scale", () => {
    for (const data of [new Float64Array(64), Float64Array.of(1)])
      expect(plot.plotScalogram(w.cwt(data, [4], "mexh"))).not.toMatch(/NaN|Infinity/);
    const silent = w.cwt(new Float64Array(64), [4, 3, 9], "mexh");
    expect(plot.plotScalogram(silent, { decibels: 40 })).not.toMatch(/NaN|Infinity/);
  });

  test("refuses other values, and decibels that are not positive", () => {
    expect(() => plot.plotScalogram({} as never)).toThrow("must be a result of cwt");
    expect(() => plot.plotScalogram(transform, { decibels: -3 })).toThrow(RangeError);
  });
});

test("plotCoefficients draws as many lines as the picture has columns, whatever the length", () => {
  const long = Float64Array.from({ length: 200_000 }, (_, n) => Math.sin(n * n));
  expect(plot.plotCoefficients(w.wavedec(long, "db2")).length).toBeLessThan(600_000);
  expect(() => plot.plotCoefficients(w.wavedec(long, "db2"), { signal: tone })).toThrow(
    "256 samples instead of 200000",
  );
});

test("plotMosaic draws pictures of any proportions", () => {
  for (const [height, width] of [
    [1, 40],
    [40, 1],
    [1, 1],
    [8, 40],
    [300, 6],
  ] as const) {
    const data = Float64Array.from({ length: height * width }, (_, i) => i % 7);
    const svg = plot.plotMosaic(w.wavedec2({ height, width, data }, "haar", { levels: 1 }));
    strictXml(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
});

test("plotPackets outlines the nodes of a basis, and refuses a path outside the tree", () => {
  const { paths } = w.bestBasis(packet, w.shannonEntropy);
  const outlines = plot.plotPackets(packet, { basis: paths }).match(/stroke-width="2"/g) ?? [];
  expect(outlines.length).toBe(paths.length);
  expect(() => plot.plotPackets(packet, { basis: ["aaaaad"] })).toThrow('no node "aaaaad"');
});

test("plotWavelet refuses names that are no wavelets, and other values", () => {
  expect(() => plot.plotWavelet("db99")).toThrow(RangeError);
  expect(() => plot.plotWavelet(3 as never)).toThrow(TypeError);
});

describe("plotSheet", () => {
  const plots = [plot.plotWavelet("db2"), plot.plotWavelet("db4"), plot.plotScalogram(transform)];

  test("places plots row by row, each row as tall as its tallest", async () => {
    const sheet = plot.plotSheet(plots, { columns: 2, title: "a & b" });
    strictXml(sheet);
    const places = [...sheet.matchAll(/<svg x="(\d+)" y="(\d+)"/g)].map((match) =>
      match.slice(1).map(Number),
    );
    const [, wide = 0, tall = 0] = /width="(\d+)" height="(\d+)"/.exec(plots[0]!)!.map(Number);
    expect(places).toEqual([
      [0, 34],
      [wide, 34],
      [0, 34 + tall],
    ]);
    const { width, height } = await drawSvg(sheet);
    expect([width, height]).toEqual([2 * wide, 34 + tall + 420]);
  });

  test("says the titles and descriptions of all", () => {
    const sheet = plot.plotSheet([plot.plotWavelet("db2", { title: "x < y & z" }), plots[1]!]);
    expect(sheet).toContain("<title>x &lt; y &amp; z, Wavelet db4</title>");
    expect(/<desc>(.*?)<\/desc>/.exec(sheet)?.[1]).toMatch(
      /^x &lt; y &amp; z\. The scaling function .*of db2.* Wavelet db4\. The scaling .*of db4/,
    );
  });

  test("refuses other texts, no plots, and columns out of range", () => {
    expect(() => plot.plotSheet(["<p>"])).toThrow(TypeError);
    expect(() => plot.plotSheet(plots[0] as never)).toThrow(TypeError);
    expect(() => plot.plotSheet([])).toThrow("at least one plot");
    expect(() => plot.plotSheet(plots, { columns: 0 })).toThrow(RangeError);
  });
});

describe("ridges", () => {
  test("are lines over a scalogram and a squeezed transform, and are told", () => {
    const ridges = w.ridges(squeezed, { count: 2 });
    for (const svg of [
      plot.plotScalogram(transform, { ridges }),
      plot.plotSynchrosqueezed(squeezed, { ridges, decibels: 40 }),
    ]) {
      strictXml(svg);
      expect(svg.match(/stroke="#d55e00"/g)).toHaveLength(2);
      expect(svg).toMatch(/A ridge goes from 0\.0\d+ to 0\.0\d+ cycles per sample\./);
    }
    expect(plot.plotScalogram(transform).includes('stroke="#d55e00"')).toBe(false);
  });

  test("of another length, and other values, are refused", () => {
    const [ridge] = w.ridges(squeezed);
    const short = { ...ridge!, frequencies: new Float64Array(3) };
    expect(() => plot.plotScalogram(transform, { ridges: [short] })).toThrow("3 samples instead");
    expect(() => plot.plotScalogram(transform, { ridges: ridge as never })).toThrow(TypeError);
  });
});

describe("plotCoherence", () => {
  const arrows = (svg: string) => /<path d="([^"]*)" stroke="#111"/.exec(svg)?.[1] ?? "";
  const delayed = w.cwt(
    tone.map((_, n) => tone[Math.max(0, n - 6)]!),
    { frequencies },
    "morlet6",
    {
      norm: "l1",
    },
  );

  test("has arrows to the right of signals in phase", () => {
    const first = /^M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(
      arrows(plot.plotCoherence(coherence)),
    );
    const [, x = 0, y = 0, toX = 0, toY = 0] = first!.map(Number);
    expect(toX).toBeCloseTo(x + 16, 1);
    expect(toY).toBe(y);
  });

  test("has arrows upward where the first signal is ahead by a quarter", () => {
    const found = w.waveletCoherence(transform, delayed); // 6 samples of 8 π in a period
    const row = frequencies.findIndex((f) => f < 1 / (8 * Math.PI));
    expect(found.phase[row * length + 128]).toBeCloseTo(1.5, 1);
    const paths = arrows(plot.plotCoherence(found, { arrowsFrom: 0.99 })).split(
      /(?=M\S+ \S+L\S+ \S+M)/,
    );
    const up = paths.filter((path) => {
      const [, , y = 0, , toY = 0] = /^M(\S+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(path)!.map(Number);
      return y - toY > 14;
    });
    expect(up.length).toBeGreaterThan(10);
  });

  test("has no arrows and no cone where none are wanted", () => {
    const svg = plot.plotCoherence(coherence, { arrowsFrom: 2, cone: false });
    expect(arrows(svg)).toBe("");
    expect(svg).not.toContain("stroke-dasharray");
    expect(() => plot.plotCoherence({} as never)).toThrow("must be a result of waveletCoherence");
  });
});

test("a plot of a part of a signal begins at its time", () => {
  const svg = plot.plotScalogram(transform, { start: 1000 });
  expect(svg).toMatch(/and sample 1\d{3}\./);
  expect(() => plot.plotScalogram(transform, { start: Number.NaN })).toThrow("the start must be");
  const rows = plot.plotCoefficients(w.wavedec(tone, "db4"), { start: 9, signal: tone });
  expect(rows).not.toBe(plot.plotCoefficients(w.wavedec(tone, "db4"), { signal: tone }));
});
