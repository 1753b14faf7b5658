// Export: trains a classifier of two spirals, writes it as an ONNX file, and runs the file.
// Run: node examples/13-export-and-run-onnx.ts [FOLDER]
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createRandom, type Random } from "ondelette/data";
import { input, type Tensor } from "ondelette/graph";
import { crossEntropy, fanIn, linear, type Scope } from "ondelette/nn";
import { exportOnnx, openOnnx } from "ondelette/runtime";
import { train, trainable } from "ondelette/train";

/** Logits `[batch, 2]` of points `[batch, 2]`. */
function network(p: Scope, points: Tensor): Tensor {
  const initialize = fanIn(2);
  const first = linear(p.in("first"), points, 32, { initialize }).gelu();
  const second = linear(p.in("second"), first, 32, { initialize }).gelu();
  return linear(p.in("head"), second, 2, { role: "head" });
}

/** Points on two spirals, one the other turned by half a turn. */
function spirals(count: number, random: Random) {
  const labels = Int32Array.from({ length: count }, () => random.integer(2));
  const points = [...labels].flatMap((label) => {
    const turn = 2 * Math.PI * random.uniform();
    const [radius, angle] = [0.2 + turn / 4 + 0.03 * random.normal(), turn + Math.PI * label];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { points: Float32Array.from(points), labels };
}

const [points, labels] = [input("points", [64, 2]), input("labels", [64], "int32")];
const model = trainable({
  loss: (p) => crossEntropy(network(p, points), labels).mean,
  batch: (_, random) => spirals(64, random),
  rate: 1e-2,
});
const { scope } = await train(model, { steps: 500 }, { seed: 1 });

// The model is built for several batch sizes; in the file the batch size is free.
const build = (batch: number) => {
  const logits = network(scope, input("points", [batch, 2]));
  return { outputs: { class: logits.argMax(1) } };
};
const bytes = exportOnnx(build, { descriptions: { points: "x and y, from -2 to 2" } });
const path = `${process.argv[2] ?? tmpdir()}/spirals.onnx`;
await writeFile(path, bytes);
console.log(`${path}: ${bytes.length} bytes`);

// Any program with ONNX Runtime can run the file, in Python, C++ or a browser; this one does too.
const file = await openOnnx(path);
for (const count of [1, 1000]) {
  const test = spirals(count, createRandom("test"));
  const results = await file.run({ points: { data: test.points, shape: [count, 2] } });
  const classes = [...results.class.data].map(Number);
  const right = classes.filter((label, i) => label === test.labels[i]).length;
  console.log(`${right} of ${count} points are classified correctly`);
}
await file.close();
