import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareCorpus } from "../../sequence/corpus/corpus.ts";
import { openDocuments } from "../../sequence/corpus/documents.ts";
import { evaluateSequence } from "../../sequence/evaluate.ts";
import { openSequence } from "../../sequence/runFolder.ts";
import { defineCommand } from "../parser/command.ts";
import { runOption } from "../shared/commonOptions.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { requireData } from "../shared/missingData.ts";

/** `ondelette sequence eval`: measures how well a run predicts the validation part of a corpus. */
export const command = defineCommand({
  about:
    "Scores every token of the validation part once, in windows of the run's context, each without what precedes it. " +
    "The validation part is the last tenth of a file, or of a folder its part `valid`, or every tenth file. Prints the " +
    "mean loss, the perplexity and, for text, bits per byte, which compare models with different tokens.",
  options: {
    run: runOption,
    data: { type: "string", placeholder: "PATH", required: true, help: "file or folder" },
    part: {
      type: "choice",
      choices: ["valid", "train"],
      default: "valid",
      help: "part of the data to score",
    },
    limit: {
      type: "integer",
      min: 1,
      max: 1e9,
      otherwise: "all",
      help: "windows to score, spread evenly over the part",
    },
    ...engineOptions,
  },
  examples: ["ondelette sequence eval --run runs/plays --data data/tinyshakespeare"],
  advice: {
    "no-checkpoint": "`ondelette sequence train --resume --out RUN` trains it",
  },
  async run({ run: folder, data, part, limit, ...args }, io) {
    const engine = await engineOf(args, io);
    const run = await openSequence(folder);
    const { kind } = run;
    await requireData(data);
    const documents = await openDocuments(data, kind.reads);
    const temporary = await mkdtemp(join(tmpdir(), "ondelette-eval-"));
    try {
      const { signal } = io;
      await using corpus = await prepareCorpus(temporary, kind, documents, {
        signal,
        notice: io.log,
        name: data,
      });
      const { context } = run.config.options;
      const total = Math.min(corpus[part].starts.at(-1) ?? 0, (limit ?? Infinity) * context);
      const progress = io.progress({ label: "scoring", unit: "tokens", total });
      const score = await evaluateSequence(run, corpus[part], {
        ...(limit !== undefined && { limit }),
        ...engine,
        signal,
        onTokens: (tokens) => progress.update(tokens),
      });
      progress.finish();
      const { nats, bits, tokens, bytes } = score;
      const perplexity = Math.exp(nats);
      const bitsPerByte = bytes === undefined ? undefined : (bits * tokens) / bytes;
      io.print(
        `${tokens} ${kind.unit}s of ${data}: ${nats.toFixed(4)} nats, ${bits.toFixed(4)} bits per ${kind.unit}, ` +
          `perplexity ${perplexity.toFixed(3)}` +
          (bitsPerByte === undefined ? "" : `, ${bitsPerByte.toFixed(4)} bits per byte`),
      );
      const measures = { ...score, perplexity, ...(bitsPerByte !== undefined && { bitsPerByte }) };
      return { run: folder, data, part, unit: kind.unit, ...measures };
    } finally {
      await rm(temporary, { recursive: true });
    }
  },
});
