import { checkOutput } from "../../data/files/checkOutput.ts";
import { UserError } from "../../errors/userError.ts";
import { openCorpus, reopenCorpus } from "../../sequence/corpus/corpus.ts";
import { openDocuments } from "../../sequence/corpus/documents.ts";
import type { Corpus } from "../../sequence/corpus/parts.ts";
import { createSequence } from "../../sequence/createSequence.ts";
import { kindNames, openKind } from "../../sequence/kinds.ts";
import { mixingOf } from "../../sequence/mixings.ts";
import { buildSequence, type SequenceConfig } from "../../sequence/run.ts";
import { readSequenceConfig, sequenceFiles } from "../../sequence/runFolder.ts";
import type { PrepareSequence } from "../../sequence/sequenceRequest.ts";
import { sequenceTrainable } from "../../sequence/trainable.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { beNice } from "../shared/beNice.ts";
import { engineOf } from "../shared/engineOptions.ts";
import { madeByFirst } from "../shared/firstRank.ts";
import { requireData } from "../shared/missingData.ts";
import { planOf } from "../shared/planOf.ts";
import { runTraining, trainingResult } from "../shared/runTraining.ts";
import {
  checkResume,
  isResumed,
  minutesOption,
  mixingOptions,
  paths,
  rankOptions,
  runOptions,
  sequenceAdvice,
  sizeOptions,
  stepsOption,
  usualMixing,
  usualSize,
} from "../shared/trainingOptions.ts";

/** `ondelette sequence train`: trains a small transformer with a mixing on text, sound or music. */
export const command = defineCommand({
  about:
    "Makes a run folder: config.json, the corpus as tokens, metrics.jsonl, checkpoints and a chart. Of a file the last " +
    "tenth is held out for validation; of a folder its validation part, or every tenth file. Ctrl-C saves and stops; " +
    "--resume continues exactly from the last checkpoint. Figures “in training” are means of the last 100 steps.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      otherwise: "with --resume, the run's corpus",
      help: "file or folder to train on",
    },
    kind: {
      type: "choice",
      choices: kindNames,
      otherwise: "with --resume, the run's own",
      help: "text as characters, bytes or word pieces; WAV files; MIDI files or chorales",
    },
    ...runOptions,
    ...rankOptions,
    steps: stepsOption,
    minutes: minutesOption(5),
    ...mixingOptions,
    ...sizeOptions,
    dropout: {
      type: "number",
      min: 0,
      max: 0.99,
      otherwise: "0",
      help: "part of what blocks add that is dropped in training; 0.1 to 0.2 where epochs are many",
    },
    tokenizer: {
      type: "string",
      placeholder: "FILE",
      otherwise: "GPT-2's",
      help: "with --kind bpe: the tokenizer.json to use",
    },
    law: {
      type: "choice",
      choices: ["mu", "linear"],
      otherwise: "mu",
      help: "with --kind audio: how samples become 256 levels",
    },
    strict: {
      type: "boolean",
      help: "stop at a file that cannot be read, instead of leaving it out",
    },
  },
  examples: [
    "ondelette sequence train --data data/tinyshakespeare --kind chars --out runs/plays --minutes 5",
    "ondelette sequence train --data recordings --kind audio --context 512 --out runs/voice",
    "ondelette sequence train --out runs/plays --minutes 10 --resume",
  ],
  advice: {
    ...sequenceAdvice,
    "sizes-do-not-fit": "give a smaller --context, or more data",
  },
  parallel: true,
  async run(args, io) {
    const engine = await engineOf(args, io);
    if (args.nice !== undefined) beNice(args.nice);
    const { out } = args;
    const exists = await isResumed(io, args, sequenceFiles(out).config);
    const old = exists ? await readSequenceConfig(out) : undefined;
    if (args.data !== undefined) await checkOutput(out, [args.data]);
    if (old) {
      const { mixing, layers, width, heads, context, batch, peak } = old.options;
      const { design = "gpt2", dropout = 0 } = old.options;
      checkResume(out, {
        ...{
          mixing: [args.mixing, mixing],
          design: [args.design, design],
          dropout: [args.dropout, dropout],
          rate: [args.rate, peak],
          layers: [args.layers, layers],
        },
        ...{ width: [args.width, width], heads: [args.heads, heads], batch: [args.batch, batch] },
        ...{ context: [args.context, context], seed: [args.seed, old.seed] },
        kind: [args.kind, old.alphabet.kind],
        law: [args.law, "law" in old.alphabet ? old.alphabet.law : undefined],
      });
      if (args.tokenizer !== undefined && args.resumeIfExists) {
        io.log(`--tokenizer has no effect: ${out} keeps the one that it was made with`);
      } else if (args.tokenizer !== undefined) {
        throw new UserError(
          `--tokenizer is for new runs: ${out} keeps the one that it was made with`,
          "contradicts-run",
        );
      }
    }
    const plan = planOf(args.steps, args.minutes) ?? old?.plan ?? { minutes: 5 };
    const { config, corpus } = old
      ? { config: { ...old, plan }, corpus: await reopen(out, old, args, io) }
      : await create(args, plan, io);
    await using _ = corpus;
    const { unit } = openKind(config.alphabet);
    const trained = await runTraining(
      io,
      { ...args, engine },
      {
        ...{ command: "ondelette sequence train", config, old },
        model: sequenceTrainable(buildSequence(config), corpus, { ...config.options, unit }),
      },
    );
    return trainingResult(out, trained, "tokens");
  },
});

type TrainArgs = Parameters<typeof command.run>[0];

/** A new run: its corpus is encoded. */
async function create(args: TrainArgs, plan: SequenceConfig["plan"], io: Io) {
  const { out, data: path, kind, law = "mu", tokenizer, seed = 1 } = args;
  if (path === undefined || kind === undefined) {
    throw new UserError("--data and --kind are missing: a new run needs both");
  }
  for (const [name, of] of [
    ["tokenizer", "bpe"],
    ["law", "audio"],
  ] as const)
    if (args[name] !== undefined && kind !== of)
      throw new UserError(`--${name} is for --kind ${of}, not for ${kind}`);
  await requireData(path);
  const { layers, width, heads, context, batch } = { ...usualSize, ...given(args) };
  const { mixing, design, rate: peak, dropout = 0 } = { ...usualMixing, ...given(args) };
  mixingOf(mixing); // before anything is read
  const options = { mixing, design, layers, width, heads, context, batch, peak, dropout };
  const kindOptions = { law, ...(tokenizer !== undefined && { tokenizer }) };
  const request = { path, kind, kindOptions, options, seed, plan };
  const { ranks } = io;
  let corpus: Corpus | undefined;
  const config = await madeByFirst(ranks, async () => {
    const made = await reading(io, args.strict, (progress) =>
      createSequence(out, request, progress),
    );
    corpus = made.corpus;
    return made.config;
  });
  return { config, corpus: corpus ?? (await openSharedCorpus(out, ranks)) };
}

/** The corpus that rank 0 has encoded. Throws UserError where this machine does not see it. */
async function openSharedCorpus(out: string, { rank }: Io["ranks"]): Promise<Corpus> {
  const { corpus } = sequenceFiles(out);
  try {
    return await openCorpus(corpus);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `rank ${rank} cannot open the corpus that rank 0 has written in ${corpus}; the run folder must be on a file system that all machines share`,
      "not-found",
      { cause: error },
    );
  }
}

/** The corpus of a run; encoded anew where it is damaged or missing and `--data` is given. */
async function reopen(
  out: string,
  { alphabet, data }: SequenceConfig,
  { data: path, strict }: TrainArgs,
  io: Io,
): Promise<Corpus> {
  const { corpus: folder } = sequenceFiles(out);
  try {
    const corpus = await openCorpus(folder);
    checkResume(out, { data: paths(path, data.path) });
    return corpus;
  } catch (error) {
    if (!(error instanceof UserError) || error.code === "contradicts-run") throw error;
    if (path === undefined) {
      throw new UserError(
        `${error.message}; with --data ${data.path} the corpus is encoded anew`,
        error.code,
      );
    }
  }
  if (io.ranks.size > 1) {
    throw new UserError(
      `the corpus of ${out} is encoded anew by one process; start it once without mpiexec`,
    );
  }
  const encoder = openKind(alphabet);
  const parts = await openDocuments(path, encoder.reads);
  return reading(io, strict, (progress) =>
    reopenCorpus(folder, encoder, parts, data.tokens, { ...progress, name: path }),
  );
}

/** Encodes documents behind a progress display. */
async function reading<T>(
  io: Io,
  strict: boolean,
  work: (progress: PrepareSequence) => Promise<T>,
): Promise<T> {
  const progress = io.progress({ label: "reading", unit: "tokens" });
  const result = await work({
    ...{ signal: io.signal, notice: io.log, strict },
    onProgress: (tokens) => progress.update(tokens),
  });
  progress.finish();
  return result;
}

/** The options that were given. */
const given = <T extends object>(args: T) =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
