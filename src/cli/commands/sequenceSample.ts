import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { UserError } from "../../errors/userError.ts";
import { openKind } from "../../sequence/kinds.ts";
import { openSequence } from "../../sequence/run.ts";
import { drawSequence } from "../../sequence/sample.ts";
import { defineCommand } from "../parser/command.ts";

/** `ondelette sequence sample`: draws new text, sound or music from a trained run. */
export const command = defineCommand({
  options: {
    run: { type: "string", placeholder: "RUN", required: true, help: "run folder" },
    out: {
      type: "string",
      placeholder: "FILE",
      required: true,
      help: "file to write: .txt, .wav or .mid, as the run is",
    },
    prompt: { type: "string", placeholder: "TEXT", help: "how a text begins" },
    length: { type: "integer", min: 1, help: "tokens in all (1000 if nothing is said)" },
    temperature: { type: "number", min: 0, default: 1, help: "0 takes the likeliest token" },
    topP: { type: "number", min: 0, max: 1, default: 1, help: "keep this much probability" },
    seed: { type: "integer", default: 1, help: "what chance begins with" },
    threads: { type: "integer", min: 1, default: 1, help: "processor threads" },
  },
  examples: [
    'ondelette sequence sample --run runs/plays --prompt "ROMEO:" --length 2000 --out play.txt',
    "ondelette sequence sample --run runs/voice --length 16000 --temperature 0.9 --out voice.wav",
  ],
  async run(args, io) {
    const run = await openSequence(args.run);
    const kind = openKind(run.config.alphabet);
    if (!args.out.toLowerCase().endsWith(kind.ending)) {
      throw new UserError(`${args.out} must end in ${kind.ending}: the run speaks ${kind.unit}s`);
    }
    if (args.prompt !== undefined && !kind.prompt) {
      throw new UserError(`--prompt is for text, and ${args.run} speaks ${kind.unit}s`);
    }
    await checkFilePath(args.out);
    const { temperature, topP, seed, threads } = args;
    const length = args.length ?? 1000;
    const progress = io.progress({ label: "drawing", unit: `${kind.unit}s`, total: length });
    const begun = performance.now();
    const tokens = await drawSequence(run, {
      prompt: kind.prompt?.(args.prompt ?? "") ?? new Uint16Array(),
      ...{ length, temperature, topP, seed, threads },
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
