// Sequences: one small model learns the words of a song, another one a tune; both then make their own.
// Run: node examples/12-sample-text-and-midi.ts [FOLDER] [STEPS]
import { writeFile } from "node:fs/promises";
import { makeFolder, type Note, writeMidi } from "ondelette/data";
import * as sequences from "ondelette/sequence";
import { trainRun } from "ondelette/train";

const [folder = "runs/text-and-midi", steps = "150"] = process.argv.slice(2);
await makeFolder(`${folder}/tunes`);

const numbers = "ten nine eight seven six five four three two one no".split(" ");
const verses = numbers.slice(1).map((fewer, i) => {
  const line = `${numbers[i]} green bottles hanging on the wall`;
  const end = `there'll be ${fewer} green bottles hanging on the wall`;
  return `${line},\n${line},\nand if one green bottle should accidentally fall,\n${end}.\n\n`;
});
await writeFile(`${folder}/song.txt`, verses.join(""));

// Frère Jacques in twelve keys: semitones from the key note, and beats.
const phrases = "0 2 4 0 0 2 4 0 4 5 7 4 5 7 7 9 7 5 4 0 7 9 7 5 4 0 0 -5 0 0 -5 0".split(" ");
const beats = "2 2 2 2 2 2 2 2 2 2 4 2 2 4 1 1 1 1 2 2 1 1 1 1 2 2 2 2 4 2 2 4".split(" ");
for (let key = 0; key < 12; key++) {
  let end = 0;
  const notes = phrases.map((step, i): Note => {
    const start = end;
    end += Number(beats[i]) / 4; // seconds
    return { start, end, pitch: 60 + key + Number(step), velocity: 80 };
  });
  await writeMidi(`${folder}/tunes/${key}.mid`, notes);
}

/** Trains a model on a file or a folder, and writes a sample. */
async function learn(name: string, kind: sequences.KindName, path: string, prompt = "") {
  const run = `${folder}/${name}`;
  const sizes = { mixing: "haar-8", layers: 2, heads: 2, width: 48, context: 64 };
  const options = { ...sizes, batch: 16, peak: 1e-2 };
  const request = { path, kind, options, seed: 1, plan: { steps: Number(steps) } };
  const { config, corpus } = await sequences.createSequence(run, request);
  const model = sequences.buildSequence(config);
  await trainRun(run, config, sequences.sequenceTrainable(model, corpus, options));
  await corpus[Symbol.asyncDispose]();

  const trained = await sequences.openSequence(run);
  const tokens = await sequences.drawSequence(trained, {
    ...{ length: 220, seed: 1, temperature: 0.3 },
    prompt: trained.kind.prompt?.(prompt) ?? new Uint16Array(),
  });
  const sample = `${run}${trained.kind.ending}`;
  await writeFile(sample, trained.kind.decode(tokens));
  console.log(sample);
}
await learn("words", "chars", `${folder}/song.txt`, "seven green bottles");
await learn("music", "midi", `${folder}/tunes`);
