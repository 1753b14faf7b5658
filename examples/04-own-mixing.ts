// A mixing of your own between the blocks of a sequence model, compared with built-in ones.
// Run: node examples/04-own-mixing.ts [FOLDER]
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createRandom } from "ondelette/data";
import { ones } from "ondelette/nn";
import { between, buildSequence, fitCorpus, sequenceTrainable } from "ondelette/sequence";
import { train } from "ondelette/train";

/** x(t) + gain · (x(t) − x(t−1)), with a learned gain for each feature: changes stand out. */
const contrast = between((p, x, past) => {
  const gain = p.get("gain", [32], ones, { role: "kernel" });
  return x.add(x.sub(past.ago(x, 1)).mul(gain));
});

// A text in which every second word is certain: "mi mi la la do do …".
const random = createRandom(1);
const notes = Array.from({ length: 4000 }, () => ["do", "mi", "sol", "la"][random.integer(4)]);
const folder = process.argv[2] ?? (await mkdtemp(`${tmpdir()}/own-mixing-`));
const path = `${folder}/notes.txt`;
await writeFile(path, notes.map((note) => `${note} ${note} `).join(""));

const options = { layers: 2, heads: 2, width: 32, context: 32, batch: 16, peak: 5e-3 };
const { kind, corpus } = await fitCorpus(`${folder}/corpus`, { path, kind: "chars", options });
for (const [name, mixing] of Object.entries({ none: "none", "haar-8": "haar-8", contrast })) {
  const model = buildSequence({ options: { ...options, mixing }, symbols: kind.size });
  const { validation } = await train(sequenceTrainable(model, corpus, options), { steps: 150 });
  console.log(name.padEnd(8), validation.nats.toFixed(3), "nats per character");
}
await corpus[Symbol.asyncDispose]();
