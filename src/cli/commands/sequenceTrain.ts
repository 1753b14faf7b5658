import { UserError } from "../../errors/userError.ts";
import { type Corpus, openCorpus } from "../../sequence/corpus/corpus.ts";
import { createSequence } from "../../sequence/createSequence.ts";
import { kindNames, openKind } from "../../sequence/kinds.ts";
import {
  buildSequence,
  readSequenceConfig,
  type SequenceConfig,
  sequenceFiles,
} from "../../sequence/run.ts";
import { sequenceTrainable } from "../../sequence/trainable.ts";
import { defineCommand } from "../parser/command.ts";
import { planOf } from "../shared/planOf.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import { isResumed, mixingOptions, runOptions, sizeOptions } from "../shared/trainingOptions.ts";

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
    const { out, resume } = args;
    const exists = await isResumed(out, sequenceFiles(out).config, resume);
    const asked = planOf(args.steps, args.minutes);
    const old = exists ? await readSequenceConfig(out) : undefined;
    const plan = asked ?? old?.plan ?? { minutes: 5 };
    const open = async (): Promise<{ config: SequenceConfig; corpus: Corpus }> => {
      if (old) {
        const corpus = await openCorpus(sequenceFiles(out).corpus);
        return { config: { ...old, plan }, corpus };
      }
      const { data: path, kind } = args;
      if (path === undefined || kind === undefined) {
        throw new UserError("a new run needs --data and --kind");
      }
      const { mixing, layers, width, heads, context, batch, rate: peak, seed } = args;
      const options = { mixing, layers, width, heads, context, batch, peak };
      const { law, tokenizer } = args;
      const kindOptions = { law, ...(tokenizer !== undefined && { tokenizer }) };
      const progress = io.progress({ label: "reading", unit: "tokens", total: { seconds: 1 } });
      const created = await createSequence(
        out,
        { path, kind, kindOptions, options, seed, plan },
        { onProgress: (tokens) => progress.update(tokens), signal: io.signal },
      );
      progress.finish();
      return created;
    };
    const { config, corpus } = await open();
    await using _ = corpus;
    const { unit } = openKind(config.alphabet);
    const trained = await runTraining(io, args, {
      ...{ command: "ondelette sequence train", config },
      model: sequenceTrainable(buildSequence(config), corpus, { ...config.options, unit }),
    });
    return trainingResult(out, trained, "tokens");
  },
});
