// A classifier of your own: a small network learns to read printed digits.
// Run: node examples/02-own-mlp-classifier.ts [FOLDER]   (the digits are drawn into FOLDER once)
import { type LoadedImages, loadImages, openImages, printedDigits } from "ondelette/data";
import { input, type Tensor } from "ondelette/graph";
import { crossEntropy, linear, type Scope } from "ondelette/nn";
import { compile } from "ondelette/runtime";
import { train, trainable } from "ondelette/train";

const folder = process.argv[2] ?? "data/printed-digits";
await printedDigits(folder); // pictures of 28 × 28 pixels; the test part has other typefaces
const training = await loadImages(await openImages(folder, { part: "train" }), { color: "gray" });
const test = await loadImages(await openImages(folder, { part: "test" }), { color: "gray" });
const batchOf = ({ rasters, labels }: LoadedImages, picks: ArrayLike<number>) => ({
  x: new Float32Array(Buffer.concat(Array.from(picks, (i) => rasters[i].data))).map((v) => v / 255),
  y: Int32Array.from(picks, (i) => labels[i]),
});

const net = (p: Scope, x: Tensor) => linear(p.in("out"), linear(p.in("in"), x, 128).gelu(), 10);
const [x, y] = [input("x", [64, 784]), input("y", [64], "int32")];
const model = trainable({
  loss: (p) => crossEntropy(net(p, x), y).mean,
  batch: (_, random) => batchOf(training, random.permutation(12_000).subarray(0, 64)),
});
const { scope } = await train(model, { steps: 500 }, { seed: 1 });

const all = batchOf(test, [...test.labels.keys()]);
const predict = await compile({ digit: net(scope, input("x", [2000, 784])).argMax(1) });
const { digit } = await predict.run({ x: all.x });
const right = all.y.filter((label, i) => label === Number(digit[i])).length;
console.log(`${right} of ${digit.length} digits in unseen typefaces are read correctly`);
