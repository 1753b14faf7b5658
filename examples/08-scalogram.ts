// A scalogram: the continuous wavelet transform of a sound as a picture of time and frequency.
// Run: node examples/08-scalogram.ts [FOLDER]
import { tmpdir } from "node:os";
import { writeImage } from "ondelette/data";
import { cwt } from "ondelette/wavelets";

// Two seconds of sound: a tone that rises from 100 to 900 Hz, a tone of 60 Hz that sets in after one second, and a click.
const rate = 2000;
const sound = Float64Array.from({ length: 2 * rate }, (_, i) => {
  const t = i / rate;
  const rising = Math.sin(2 * Math.PI * (100 * t + 200 * t ** 2));
  const steady = t < 1 ? 0 : Math.sin(2 * Math.PI * 60 * t);
  return rising + steady + (i === rate / 4 ? 20 : 0);
});

// A row of the picture for each frequency: 1000 Hz at the top, 30 Hz at the bottom, in equal ratios.
const [width, height] = [800, 256];
const frequencies = Array.from({ length: height }, (_, row) => 1000 * 0.03 ** (row / (height - 1)));
const options = { norm: "l1", samplingPeriod: 1 / rate } as const;
const { re, im } = cwt(sound, { frequencies }, "cmor1.5-1.0", options);

/** The amplitude of a wave of frequency `row` at a time in seconds. */
function amplitude(row: number, time: number): number {
  const i = row * sound.length + Math.floor(time * rate);
  return 2 * Math.hypot(re[i], im?.[i] ?? 0);
}

const data = new Uint8Array(3 * width * height);
for (let row = 0; row < height; row++) {
  for (let column = 0; column < width; column++) {
    const level = amplitude(row, (2 * column) / width);
    // Black, red, yellow, white.
    const color = [0, 1, 2].map((c) => 255 * Math.min(1, Math.max(0, 2 * level - c)));
    data.set(color, 3 * (row * width + column));
  }
}
const path = `${process.argv[2] ?? tmpdir()}/scalogram.png`;
await writeImage(path, { width, height, channels: 3, data });

for (const time of [0.5, 1.5]) {
  const peaks = frequencies.filter((_, row) => {
    const here = amplitude(row, time);
    return here > 0.5 && here >= amplitude(row - 1, time) && here > amplitude(row + 1, time);
  });
  console.log(
    `after ${time} s: tones of ${peaks.map((hertz) => hertz.toFixed(0)).join(" and ")} Hz`,
  );
}
console.log(path);
