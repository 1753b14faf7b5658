/**
 * Reconstructs signals of every length with every wavelet in every mode, one level, in both precisions; the tests use a part of this
 * grid. Prints the largest errors relative to the largest coefficient (at least 1); `dmey`, which is not exact, separately.
 *
 *   node scripts/reconstruction.ts --longest 64
 */
import { defineCommand } from "../src/cli/parser/command.ts";
import { createRandom } from "../src/data/index.ts";
import { type Dwt, dwt, idwt, modes, waveletNames } from "../src/wavelets/index.ts";
import { runScript } from "./runScript.ts";

const command = defineCommand({
  positionals: {},
  options: {
    longest: { type: "integer", min: 1, default: 64, help: "samples of the longest signal" },
  },
  examples: ["scripts/reconstruction.ts --longest 200"],
  async run({ longest }, io) {
    const random = createRandom(1);
    const none = { error: 0, of: "" };
    const worst = { float64: none, float32: none, dmey: none };
    for (const name of waveletNames) {
      for (const mode of modes) {
        for (let length = 1; length <= longest; length++) {
          const data = Float64Array.from({ length }, () => 2 * random.uniform() - 1);
          const single = Float32Array.from(data);
          const found = {
            float64: largest(data, dwt(data, name, { mode })),
            float32: rms(single, dwt(single, name, { mode })),
          };
          for (const [type, error] of Object.entries(found)) {
            const kind = name === "dmey" ? "dmey" : (type as keyof typeof found); // its own keys
            if (error > worst[kind].error) worst[kind] = { error, of: `${name} ${mode} ${length}` };
          }
        }
      }
    }
    io.print(`${waveletNames.length} wavelets, ${modes.length} modes, 1 to ${longest} samples`);
    io.print(
      `float64, largest error: ${worst.float64.error.toExponential(1)} (${worst.float64.of})`,
    );
    io.print(
      `float32, root mean square: ${worst.float32.error.toExponential(1)} (${worst.float32.of})`,
    );
    io.print(`dmey: ${worst.dmey.error.toExponential(1)} (${worst.dmey.of})`);
    return worst;
  },
});

const size = ({ approximation, detail }: Dwt): number =>
  [...approximation, ...detail].reduce((top, value) => Math.max(top, Math.abs(value)), 1);

const differences = (data: Float32Array | Float64Array, bands: Dwt): number[] =>
  Array.from(idwt(bands), (value, i) => Math.abs(value - data[i]!) / size(bands)); // as long

const largest = (data: Float64Array, bands: Dwt): number => Math.max(...differences(data, bands));

const rms = (data: Float32Array, bands: Dwt): number =>
  Math.sqrt(differences(data, bands).reduce((sum, error) => sum + error ** 2, 0) / data.length);

await runScript(
  "scripts/reconstruction.ts",
  "every wavelet, mode and length, there and back",
  command,
);
