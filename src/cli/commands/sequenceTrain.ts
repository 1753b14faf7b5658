import { UserError } from "../../errors/userError.ts";
import { openCorpus } from "../../sequence/corpus/corpus.ts";
import { createSequence } from "../../sequence/createSequence.ts";
import { drawSequenceCurve } from "../../sequence/curve.ts";
import { kindNames } from "../../sequence/kinds.ts";
import { readSequenceConfig, sequenceFiles } from "../../sequence/run.ts";
import { trainSequence } from "../../sequence/train.ts";
import { defineCommand } from "../parser/command.ts";
import { planOf } from "../shared/planOf.ts";
import {
  isResumed,
  mixingOptions,
  runOptions,
  sizeOptions,
  trainingProgress,
} from "../shared/trainingOptions.ts";

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
    ...mixingOptions,
    ...sizeOptions,
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
    ...runOptions,
  },
  examples: [
    "ondelette sequence train --data shakespeare.txt --kind chars --out runs/plays --minutes 5",
    "ondelette sequence train --data recordings --kind audio --context 512 --out runs/voice",
    "ondelette sequence train --out runs/plays --minutes 10 --resume",
  ],
  async run(args, io) {
    const { out, resume, threads } = args;
    const exists = await isResumed(out, sequenceFiles(out).config, resume);
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
        { onProgress: (tokens) => progress.update(tokens), signal: io.signal, notice: io.log },
      );
      progress.finish();
      return corpus;
    };
    await using corpus = await open();
    const progress = trainingProgress(io, plan);
    const result = await trainSequence(out, corpus, plan, {
      ...(threads !== undefined && { threads }),
      signal: io.signal,
      saveEvery: args.saveEvery,
      report: progress.report,
    });
    progress.finish();
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
