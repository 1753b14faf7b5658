import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareCorpus } from "../../sequence/corpus/corpus.ts";
import { openDocuments } from "../../sequence/corpus/documents.ts";
import { evaluateSequence } from "../../sequence/evaluate.ts";
import { lossRows, lossTable } from "../../sequence/lossRows.ts";
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
    "mean loss and the perplexity of a token, and what the loss comes to per byte, per character and per second, which " +
    "compare models with different tokens. Bytes are those of text in UTF-8, of a file, or of samples of 8 bits.",
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
      const { nats, bits, tokens, extent } = score;
      io.print(`${tokens} ${kind.unit}s of ${data}`);
      const rows = lossRows(score, kind.unit);
      io.print(lossTable(rows));
      const per = Object.fromEntries(rows.map(({ unit, ...measures }) => [unit, measures]));
      return { run: folder, data, part, unit: kind.unit, tokens, nats, bits, ...extent, per };
    } finally {
      await rm(temporary, { recursive: true });
    }
  },
});
