// A family of fields of your own: layers of Gaussians, fitted to a drawn picture beside built-in families.
// Run: node examples/06-own-field-family.ts [FOLDER]
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import {
  createField,
  fitField,
  openField,
  renderField,
  saveSignal,
  type TrainedFamily,
} from "ondelette/field";
import { fanIn, linear, uniform } from "ondelette/nn";

const waves: TrainedFamily = {
  kind: "trained",
  meaning: "two layers of ReLU on random sines",
  rate: 1e-2,
  values(p, points, { channels, width }) {
    const sines = linear(p.in("sines"), points, width, {
      initialize: uniform(20),
      initializeBias: uniform(3),
    }).sin();
    const hidden = linear(p.in("hidden"), sines, width, { initialize: fanIn(1.4) }).relu();
    return { all: linear(p.in("output"), hidden, channels, { initialize: fanIn() }) };
  },
};

// A picture of 64 × 64 gray levels from -1 to 1: rings that become narrower to the outside.
const values = Float32Array.from({ length: 64 * 64 }, (_, i) =>
  Math.sin(Math.hypot((i % 64) - 32, Math.floor(i / 64) - 32) ** 2 / 60),
);
const signal = { size: [64, 64], channels: 1, values };
const folder = process.argv[2] ?? (await mkdtemp(`${tmpdir()}/own-family-`));
for (const model of ["relu", "siren", "waves"]) {
  const config = createField(
    signal,
    { path: "rings", model, parameters: 4000, training: { plan: { steps: 200 } } },
    { waves },
  );
  const { psnr } = await fitField(`${folder}/${model}`, config, signal, { own: { waves } });
  await saveSignal(
    `${folder}/${model}.png`,
    await renderField(await openField(`${folder}/${model}`, { waves })),
  );
  console.log(model, psnr);
}
