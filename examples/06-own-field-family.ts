// A family of fields of your own, fitted to rings beside a published one, and drawn 8 times as large.
// Run: node examples/06-own-field-family.ts [FOLDER]
import { tmpdir } from "node:os";
import * as fields from "ondelette/field";
import { fanIn, linear, uniform } from "ondelette/nn";
import { train } from "ondelette/train";

const waves: fields.TrainedFamily = {
  kind: "trained",
  meaning: "a layer of ReLU on sines of random frequencies",
  rate: 1e-2,
  values(p, points, { channels, width }) {
    const sines = linear(p.in("sines"), points, width, { initialize: uniform(25) }).sin();
    const hidden = linear(p.in("hidden"), sines, width, { initialize: fanIn() }).relu();
    return { all: linear(p.in("output"), hidden, channels) };
  },
};
const folder = process.argv[2] ?? tmpdir();
const ring = (i: number) => Math.sin(Math.hypot((i % 64) - 32, Math.floor(i / 64) - 32) ** 2 / 60);
const signal = { size: [64, 64], channels: 1, values: Float32Array.from(Array(4096).keys(), ring) };
for (const [name, family] of Object.entries({ siren: fields.baselines.siren, waves })) {
  const field = fields.buildField(family, { dimensions: 2, channels: 1, width: 64 });
  const model = fields.fieldTrainable(field, signal, { peak: family.rate, batch: 4096 });
  const { parameters, validation } = await train(model, { steps: 200 });
  const view = { view: { from: [0, 0], size: [64, 64], scale: 8 }, samples: [64, 64] };
  const values = await fields.viewValues(field, parameters, view);
  await fields.saveSignal(`${folder}/rings-${name}.png`, { size: [512, 512], channels: 1, values });
  console.log(`${folder}/rings-${name}.png: ${validation.psnr.toFixed(1)} dB`);
}
