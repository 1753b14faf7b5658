import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareCorpus } from "../../sequence/corpus/corpus.ts";
import { openDocuments } from "../../sequence/corpus/documents.ts";
import { evaluateSequence } from "../../sequence/evaluate.ts";
import { openKind } from "../../sequence/kinds.ts";
import { openSequence } from "../../sequence/run.ts";
import { defineCommand } from "../parser/command.ts";

/** `ondelette sequence eval`: tells how well a run predicts the held-out part of a corpus. */
export const command = defineCommand({
  about:
    "Scores every token of the held-out part once, in windows of the run's context, each from its beginning: the last " +
    "tenth of a file, the valid part or every tenth file of a folder.",
  options: {
    run: { type: "string", placeholder: "RUN", required: true, help: "run folder" },
    data: { type: "string", placeholder: "PATH", required: true, help: "file or folder" },
    part: {
      type: "choice",
      choices: ["valid", "train"],
      default: "valid",
      help: "which part to score",
    },
    limit: { type: "integer", min: 1, help: "so many windows, spread evenly" },
    threads: { type: "integer", min: 1, help: "processor threads; by default one per core" },
  },
  examples: ["ondelette sequence eval --run runs/plays --data shakespeare.txt"],
  async run({ run: folder, data, part, limit, threads }, io) {
    const run = await openSequence(folder);
    const kind = openKind(run.config.alphabet);
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
        ...(threads !== undefined && { threads }),
        signal,
        onTokens: (tokens) => progress.update(tokens),
      });
      progress.finish();
      const { nats, bits, tokens, bytes } = score;
      io.print(
        `${tokens} ${kind.unit}s of ${data}: ${nats.toFixed(4)} nats, ${bits.toFixed(4)} bits per ${kind.unit}` +
          (bytes === undefined ? "" : `, ${((bits * tokens) / bytes).toFixed(4)} bits per byte`),
      );
      return { run: folder, data, part, unit: kind.unit, ...score };
    } finally {
      await rm(temporary, { recursive: true });
    }
  },
});
