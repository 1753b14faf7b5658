import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { commands } from "../../src/cli/commands.ts";
import { encodePng, writeNpy } from "../../src/data/index.ts";

/** The smallest useful job of every command, in an order in which each finds what it needs; see {@link writeInputs}. */
export const jobs: Readonly<Record<keyof typeof commands, string>> = {
  demo: "--minutes 0.05 --out runs/demo",
  "image stats": "--data data/digits --limit 20",
  "image encode": "data/picture.png -o picture.ondl",
  "image decode": "picture.ondl -o decoded.png --bytes 500",
  "image info": "picture.ondl",
  "image train":
    '--data data/digits --out runs/image --steps 2 --overrides {"width":16,"summaryWidth":16}',
  "image sample": "--run runs/image --out samples.png --count 10",
  "image tune": "--run runs/image --data data/digits --count 4",
  "image eval": "--run runs/image --data data/digits --limit 10",
  "image classify": "--data data/digits --out runs/judge --steps 2 --channels 8",
  "image recognize": "--run runs/judge --images data/digits --limit 10",
  "image fidelity": "--real data/digits --samples runs/image --count 20",
  "sequence train":
    "--data data/text.txt --kind chars --out runs/text --steps 2 --layers 1 --width 16 --heads 2 --context 16",
  "sequence sample": "--run runs/text --length 20 --out text.txt",
  "sequence eval": "--run runs/text --data data/text.txt --limit 4",
  "sequence classify":
    "--out runs/lists --steps 2 --layers 1 --width 16 --heads 2 --max-length 40 --examples 64 --valid 32",
  "sequence compare":
    "--data data/text.txt --kind bpe --out compared/text --mixing none/haar --seeds 2 --steps 2 --layers 1 --width 16 --heads 2 --context 16",
  "array encode": "data/volume.npy -o volume.ondl --max-error 0.01",
  "array decode": "volume.ondl -o volume.npy",
  "array info": "volume.ondl",
  "field fit": "data/picture.png --out fields/picture --params 2000",
  "field render": "fields/picture -o large.png --scale 2",
  "field compare":
    "data/picture.png --models expansion,siren --out compared/fields --params 2000 --steps 5 --seeds 2",
  "field maxima": "data/picture.png -o maxima.png",
  "wavelet cwt": "data/signal.npy -o scalogram.png",
  "wavelet coherence": "data/signal.npy data/signal.npy -o coherence.svg",
  "wavelet dwt": "data/picture.png -o mosaic.png",
  "wavelet denoise": "data/picture.png -o clean.png",
  "wavelet packets": "data/signal.npy -o packets.svg",
  "wavelet info": "db4 -o wavelet.svg",
  runs: "runs",
  export: "fields/picture -o picture.onnx",
  devices: "--threads 1",
  plan: "--params 1000000 --step-time 100ms --latency 20us --bandwidth 3GB/s",
  "data list": "--json",
  // It takes shares that another command line would have to make first.
  merge: "--help",
  // This one ends only when it is interrupted.
  studio: "--help",
  // This one needs several processes.
  "bench-network": "--help",
  // These need a network, or an account; their help shows that they load.
  "data get": "--help",
  "data emoji": "--help",
  push: "--help",
  pull: "--help",
  completion: "bash",
};

/** Writes a small text, a small picture, a small signal and a small volume into `folder`. */
export async function writeInputs(folder: string): Promise<void> {
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  const text = Array.from({ length: 300 }, (_, i) => `${i} wavelets make ${i * i} ripples.\n`);
  await writeFile(join(data, "text.txt"), text.join(""));
  const side = 64;
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return Math.hypot(x - 30, y - 34) < 20 ? 220 : 2 * x;
  });
  const picture = { width: side, height: side, channels: 1, data: pixels } as const;
  await writeFile(join(data, "picture.png"), encodePng(picture));
  const signal = Float64Array.from({ length: 256 }, (_, i) => Math.sin((i * i) / 300));
  await writeNpy(join(data, "signal.npy"), { shape: [256], data: signal });
  const volume = Float32Array.from({ length: 16 ** 3 }, (_, i) => Math.sin((i % 16) / 3 + i / 900));
  await writeNpy(join(data, "volume.npy"), { shape: [16, 16, 16], data: volume });
}
