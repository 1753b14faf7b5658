/**
 * Draws the pictures of plots in the documentation:
 *
 * - docs/pictures/plots.png: the plots of `ondelette/plot` on one sheet;
 * - docs/pictures/scalogram.png: the scalogram of a sound that is made here, two chirps and a click, with the ridges of its
 *   synchrosqueezed transform, and that transform.
 *
 *   node scripts/plotPictures.ts [chirps.wav]
 *
 * With a name, the sound is written there, for the commands of docs/wavelet-command.md.
 */
import sharp from "sharp";
import { drawSvg, writeFileAtomically, writeSound } from "../src/data/index.ts";
import * as plot from "../src/plot/index.ts";
import * as w from "../src/wavelets/index.ts";

const rate = 8000;
const seconds = 2;
const samplingPeriod = 1 / rate;

/** A chirp from 200 to 1,400 Hz, a softer one from 3,000 to 2,200 Hz, and a click at half a second. */
const chirps = Float32Array.from({ length: seconds * rate }, (_, n) => {
  const t = n * samplingPeriod;
  const wave = (hz: number, slope: number) =>
    Math.cos(2 * Math.PI * (hz * t + (slope * t * t) / 2));
  return 0.4 * wave(200, 600) + 0.2 * wave(3000, -400) + (n === rate / 2 ? 0.35 : 0);
});

const [soundFile] = process.argv.slice(2);
if (soundFile !== undefined) await writeSound(soundFile, { rate, samples: chirps });
await write("docs/pictures/plots.png", allPlots());
await write("docs/pictures/scalogram.png", twoScalograms());

async function write(file: string, svg: string): Promise<void> {
  const { data, width, height, channels } = await drawSvg(svg);
  // 256 colors are enough for plots, and a third of the bytes.
  const png = await sharp(data, { raw: { width, height, channels } })
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
  await writeFileAtomically(file, png);
  console.error(`${file}: ${png.length} bytes`);
}

function frequencies(voices: number, low: number): { readonly frequencies: readonly number[] } {
  const count = Math.floor(voices * Math.log2(rate / 2 / low)) + 1;
  return { frequencies: Array.from({ length: count }, (_, i) => (rate / 2) * 2 ** (-i / voices)) };
}

function twoScalograms(): string {
  const size = { width: 720, height: 360, unit: "s" } as const;
  const plain = w.cwt(chirps, frequencies(16, 60), "morlet6", { samplingPeriod, norm: "l1" });
  const squeezed = w.synchrosqueeze(chirps, frequencies(32, 60), "morlet6", { samplingPeriod });
  return plot.plotSheet(
    [
      plot.plotScalogram(plain, { ...size, ridges: w.ridges(squeezed, { count: 2 }) }),
      plot.plotSynchrosqueezed(squeezed, size),
    ],
    { title: "Two chirps and a click" },
  );
}

function allPlots(): string {
  const size = { width: 560, height: 330 } as const;
  const signal = w.demoSignal("Doppler", 512);
  const packet = w.waveletPacket(w.demoSignal("WernerSorrows", 512), "db4", {
    ...{ levels: 4, mode: "periodization" },
  });
  const basis = w.bestBasis(packet, w.shannonEntropy).paths;
  const side = 256;
  const disc = {
    ...{ height: side, width: side },
    data: Float64Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [(i % side) - 120, Math.floor(i / side) - 130];
      return Math.hypot(x, y) < 80 ? 1 + Math.sin(x / 6) / 4 : (x + y) / side / 2;
    }),
  };
  const scales = w.scalesFor({ from: 2, to: 100, voices: 12 });
  const common = (n: number) => (n > 200 && n < 700 ? Math.sin(n / 6) : 0);
  const [first, second] = [12.9898, 78.233].map((seed, i) =>
    w.cwt(
      Float64Array.from({ length: 900 }, (_, n) => common(n - 9 * i) + Math.sin(seed * n * n) / 2),
      scales,
      "morlet6",
    ),
  ) as [w.Cwt, w.Cwt];
  const chirp = Float64Array.from({ length: 900 }, (_, n) => Math.sin(n / 12 + (n * n) / 3000));
  const squeezed = w.synchrosqueeze(
    chirp,
    w.scalesFor({ from: 2, to: 100, voices: 32 }),
    "morlet6",
  );
  return plot.plotSheet(
    [
      plot.plotScalogram(w.cwt(chirp, scales, "morlet6", { norm: "l1" }), {
        ...{ ...size, ridges: w.ridges(squeezed) },
      }),
      plot.plotSynchrosqueezed(squeezed, size),
      plot.plotCoherence(w.waveletCoherence(first, second), size),
      plot.plotPackets(packet, { ...size, basis }),
      plot.plotCoefficients(w.wavedec(signal, "db4", { levels: 3 }), {
        ...size,
        signal,
        height: 460,
      }),
      plot.plotMosaic(w.wavedec2(disc, "db2", { levels: 3 }), { ...size, height: 460 }),
      plot.plotWavelet("bior2.2", { ...size, height: 460 }),
      plot.plotWavelet("cmor1.5-1.0", { ...size, height: 300 }),
    ],
    { title: "The plots of ondelette/plot", columns: 2 },
  );
}
