import { openCorpus } from "../../sequence/corpus.ts";
import { createSequence } from "../../sequence/createSequence.ts";
import { drawSequenceCurve } from "../../sequence/curve.ts";
import { kindNames } from "../../sequence/kinds.ts";
import { mixingNames } from "../../sequence/mixings.ts";
import { readSequenceConfig, sequenceFiles } from "../../sequence/run.ts";
import { trainSequence } from "../../sequence/train.ts";
import { isFile } from "../../train/resume.ts";
import { UserError } from "../../userError.ts";
import { defineCommand, type Io } from "../command.ts";
import { planOf } from "../planOf.ts";

/** `ondelette sequence train`: trains a small GPT, with a mixing between its blocks, on text, sound or music. */
export const command = defineCommand({
  about:
    "Makes a run folder: config.json, the corpus as tokens, metrics.jsonl, checkpoints, a curve. --data is a file (its last " +
    "tenth is held out) or a folder (with train and valid parts, else every tenth file is held out). Ctrl-C saves and " +
    "stops; --resume goes on exactly where the last checkpoint was.",
  options: {
    data: { type: "string", placeholder: "PATH", help: "file or folder to train on" },
    kind: {
      type: "choice",
      choices: kindNames,
      help: "what it is: text by characters, bytes or word pieces, WAV files, MIDI files or chorales",
    },
    out: { type: "string", placeholder: "RUN", required: true, help: "run folder to make" },
    mixing: {
      type: "choice",
      choices: mixingNames,
      default: "haar",
      help: "what mixes positions between blocks",
    },
    layers: { type: "integer", min: 1, default: 4, help: "blocks" },
    width: { type: "integer", min: 1, default: 128, help: "features of a position" },
    heads: { type: "integer", min: 1, default: 4, help: "attention heads" },
    context: { type: "integer", min: 2, default: 128, help: "tokens of a training window" },
    batch: { type: "integer", min: 1, default: 16, help: "windows of a batch" },
    rate: { type: "number", min: 0, default: 3e-3, help: "highest learning rate" },
    tokenizer: {
      type: "string",
      placeholder: "FILE",
      help: "of bpe: tokenizer.json to use, not GPT-2's",
    },
    law: {
      type: "choice",
      choices: ["mu", "linear"],
      default: "mu",
      help: "of audio: how samples become 256 levels",
    },
    steps: { type: "integer", min: 1, help: "steps to train, in all" },
    minutes: { type: "number", min: 0.01, help: "minutes to train, in all (5 if nothing is said)" },
    seed: { type: "integer", default: 1, help: "what chance begins with" },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
    saveEvery: { type: "number", min: 0, default: 30, help: "seconds between checkpoints" },
    resume: { type: "boolean", help: "continue the run in --out" },
  },
  examples: [
    "ondelette sequence train --data shakespeare.txt --kind chars --out runs/plays --minutes 5",
    "ondelette sequence train --data recordings --kind audio --context 512 --out runs/voice",
    "ondelette sequence train --out runs/plays --minutes 10 --resume",
  ],
  async run(args, io) {
    const { out, resume, threads } = args;
    const exists = await isFile(sequenceFiles(out).config);
    if (resume && !exists) throw new UserError(`${out} is no run to resume: it has no config.json`);
    if (exists && !resume) {
      throw new UserError(
        `${out} holds a run already; add --resume to continue it, or name another`,
      );
    }
    const asked = planOf(args.steps, args.minutes);
    const old = exists ? await readSequenceConfig(out) : undefined;
    const plan = asked ?? old?.plan ?? { minutes: 5 };
    const open = async () => {
      if (old) return openCorpus(sequenceFiles(out).corpus);
      const { data: path, kind } = args;
      if (path === undefined || kind === undefined) {
        throw new UserError("a new run needs --data and --kind");
      }
      const {
        mixing,
        layers,
        width,
        heads,
        context,
        batch,
        rate: peak,
        seed,
        law,
        tokenizer,
      } = args;
      const options = { mixing, layers, width, heads, context, batch, peak };
      const kindOptions = { law, ...(tokenizer !== undefined && { tokenizer }) };
      const progress = io.progress({ label: "reading", unit: "tokens", total: { seconds: 1 } });
      const { corpus } = await createSequence(
        out,
        { path, kind, kindOptions, options, seed, plan },
        { onProgress: (tokens) => progress.update(tokens), signal: io.signal },
      );
      progress.finish();
      return corpus;
    };
    await using corpus = await open();
    const total = "steps" in plan ? plan.steps : { seconds: 60 * plan.minutes };
    let progress: ReturnType<Io["progress"]> | undefined;
    const result = await trainSequence(out, corpus, plan, {
      ...(threads !== undefined && { threads }),
      signal: io.signal,
      saveEvery: args.saveEvery,
      report({ step }, _, text) {
        progress ??= io.progress({ label: "training", unit: "steps", total, start: step });
        progress.update(step, text);
      },
    });
    progress?.finish();
    const curve = await drawSequenceCurve(out);
    io.print(
      `${out}: ${result.step} steps on ${result.tokens} tokens in ${result.seconds.toFixed(0)} s, ` +
        `${result.parameters} parameters` +
        told(result.trainingNats, "in training") +
        told(result.heldOutNats, "held out"),
    );
    io.print(`curve: ${curve}`);
    return { run: out, curve, ...result };
  },
});

function told(nats: number | undefined, what: string): string {
  return nats === undefined ? "" : `, ${nats.toFixed(3)} nats per token ${what}`;
}
