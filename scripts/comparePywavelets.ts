/**
 * Compares the transforms with an installed PyWavelets on random cases: any wavelet, mode, levels, precision, and shape of one to
 * three axes, of which some are transformed. Prints the largest error relative to the largest coefficient for each precision, and
 * separately for wavelets with inexact tables in PyWavelets. Exits with 1 if it exceeds 1e-12 in float64 or 1e-5 in float32.
 *
 *   node scripts/comparePywavelets.ts --cases 500        (needs numpy and pywt, in Debian python3-pywt)
 */
import { defineCommand } from "../src/cli/parser/command.ts";
import { createRandom } from "../src/data/index.ts";
import { isWaveletName, modes, wavedecn, wavelet as waveletOf } from "../src/wavelets/index.ts";
import { frozenAccuracy } from "../src/wavelets/testing.ts";
import { openPython } from "./openPython.ts";
import { runScript } from "./runScript.ts";

/** PyWavelets' tables of some symlets and of bior5.5 are themselves less exact. */
const bounds = { float64: 1e-12, inexact: 2e-10, float32: 1e-5 } as const;

const command = defineCommand({
  positionals: {},
  options: {
    cases: { type: "integer", min: 1, default: 300, help: "random cases" },
    seed: { type: "integer", min: 0, default: 1, help: "of the cases" },
    python: {
      type: "string",
      placeholder: "FILE",
      default: "/usr/bin/python3",
      help: "a Python with pywt",
    },
  },
  examples: ["scripts/comparePywavelets.ts --cases 1000 --seed 7"],
  async run({ cases, seed, python }, io) {
    await using peer = await openPython(python, new URL("./comparePywavelets.py", import.meta.url));
    const random = createRandom(seed);
    const below = (n: number) => Math.floor(random.uniform() * n);
    const names = (peer.greeting.wavelets as string[]).filter(isWaveletName); // as the script greets
    const none = { error: 0, of: "" };
    const worst = { float64: none, inexact: none, float32: none };
    for (let i = 0; i < cases; i++) {
      const mode = modes[below(modes.length)]!; // inside
      const wavelet = names[below(names.length)]!; // inside
      const dimensions = 1 + below(3);
      // PyWavelets hangs for one sample in two of the modes.
      const least = mode === "reflect" || mode === "antireflect" ? 2 : 1;
      const shape = Array.from(
        { length: dimensions },
        () => least + below(120 / 4 ** (dimensions - 1)),
      );
      const axes = shape.map((_, axis) => axis).filter(() => random.uniform() < 0.7);
      if (axes.length === 0) axes.push(0);
      // Two taps make one sample of two, for which it would hang on the next level.
      const levels = least === 2 && waveletOf(wavelet).decLo.length === 2 ? 1 : 1 + below(3);
      // Extrapolation far beyond a short signal gives large values, which both lose in single precision.
      const reach = waveletOf(wavelet).decLo.length > Math.min(...shape);
      const far = reach && (mode === "smooth" || mode === "antireflect");
      const type = far || random.uniform() < 0.5 ? "float64" : "float32";
      const size = shape.reduce((all, own) => all * own, 1);
      const values = Float64Array.from({ length: size }, () => Math.fround(random.normal()));
      const data = type === "float64" ? values : Float32Array.from(values);
      const { approximation, details } = wavedecn({ shape, data }, wavelet, { mode, axes, levels });
      const ours = [
        approximation,
        ...details.flatMap((bands) =>
          Object.keys(bands)
            .sort()
            .map((key) => bands[key]!),
        ), // its own keys
      ];
      const told = `${wavelet} ${mode} ${shape.join("x")} axes ${axes} levels ${levels}`;
      const question = { wavelet, mode, shape, axes, levels, type, data: Array.from(values) };
      const { bands }: { bands: number[][] } = await peer.ask(question);
      const most = bands.flat().reduce((top, value) => Math.max(top, Math.abs(value)), 1e-300);
      bands.forEach((band, k) => {
        const own = ours[k]?.data ?? [];
        const error =
          own.length === band.length
            ? band.reduce((top, value, j) => Math.max(top, Math.abs(value - own[j]!)), 0) / most // as long
            : Number.POSITIVE_INFINITY;
        const kind = type === "float64" && frozenAccuracy(wavelet) > 1e-12 ? "inexact" : type;
        if (error > worst[kind].error) worst[kind] = { error, of: told };
      });
    }
    io.print(
      `${cases} cases against PyWavelets ${peer.greeting.version}, ${names.length} wavelets`,
    );
    for (const type of ["float64", "inexact", "float32"] as const) {
      io.print(
        `${type}: largest relative error ${worst[type].error.toExponential(1)} (${worst[type].of})`,
      );
      if (worst[type].error > bounds[type]) process.exitCode = 1;
    }
    return { cases, worst };
  },
});

await runScript("scripts/comparePywavelets.ts", "our transforms against PyWavelets", command);
