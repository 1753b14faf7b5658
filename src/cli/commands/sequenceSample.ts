import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { UserError } from "../../errors/userError.ts";
import { openSequence, sequenceFiles } from "../../sequence/runFolder.ts";
import { drawSequence } from "../../sequence/sample.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { runOption, samplingOptions, seedOption } from "../shared/commonOptions.ts";
import { engineOf, oneThreadEngineOptions } from "../shared/engineOptions.ts";

/** `ondelette sequence sample`: generates text, sound or music with a trained model. */
export const command = defineCommand({
  options: {
    run: runOption,
    out: outputOption("file to write: .txt, .wav or .mid, whichever the run generates"),
    prompt: { type: "string", placeholder: "TEXT", help: "text to begin with" },
    length: {
      type: "integer",
      min: 1,
      max: 10_000_000,
      default: 1000,
      help: "tokens in all",
    },
    ...samplingOptions,
    seed: seedOption,
    ...oneThreadEngineOptions,
  },
  examples: [
    'ondelette sequence sample --run runs/plays --prompt "ROMEO:" --length 2000 --out play.txt',
    "ondelette sequence sample --run runs/voice --length 16000 --temperature 0.9 --out voice.wav",
  ],
  advice: {
    "no-checkpoint": "`ondelette sequence train --resume --out RUN` trains it",
  },
  async run(args, io) {
    const { config, latest } = sequenceFiles(args.run);
    await checkOutput(args.out, [config, latest]);
    const run = await openSequence(args.run);
    const { kind } = run;
    if (!args.out.toLowerCase().endsWith(kind.ending)) {
      throw new UserError(
        `${args.out} must end in ${kind.ending}: ${args.run} generates ${kind.unit}s`,
      );
    }
    if (args.prompt !== undefined && !kind.prompt) {
      throw new UserError(`--prompt is for text, but ${args.run} generates ${kind.unit}s`);
    }
    await checkFilePath(args.out);
    const { length, temperature, topP, seed } = args;
    const engine = await engineOf(args, io);
    const progress = io.progress({ label: "generating", unit: `${kind.unit}s`, total: length });
    const begun = performance.now();
    const tokens = await drawSequence(run, {
      prompt: kind.prompt?.(args.prompt ?? "") ?? new Uint16Array(),
      ...{ length, temperature, topP, seed, ...engine },
      signal: io.signal,
      onToken: (done) => progress.update(done),
    });
    progress.finish();
    const seconds = (performance.now() - begun) / 1000;
    await writeFileAtomically(args.out, kind.decode(tokens));
    io.print(`${args.out}: ${tokens.length} ${kind.unit}s in ${seconds.toFixed(1)} s`);
    return { out: args.out, tokens: tokens.length, seconds };
  },
});
