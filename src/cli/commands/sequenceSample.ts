import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { UserError } from "../../errors/userError.ts";
import { fileTokens } from "../../sequence/corpus/fileTokens.ts";
import type { OpenKind } from "../../sequence/kinds/alphabets.ts";
import { beginning, type Lasting, lasting } from "../../sequence/lasting.ts";
import { openSequence, sequenceFiles } from "../../sequence/runFolder.ts";
import { drawSequence } from "../../sequence/sample.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { runOption, samplingOptions, seedOption } from "../shared/commonOptions.ts";
import { engineOf, oneThreadEngineOptions } from "../shared/engineOptions.ts";
import { requireData } from "../shared/missingData.ts";

/** `ondelette sequence sample`: generates text, sound or music with a trained model. */
export const command = defineCommand({
  options: {
    run: runOption,
    out: outputOption("file to write: .txt, .wav or .mid, whichever the run generates"),
    prompt: { type: "string", placeholder: "TEXT", help: "text to begin with" },
    promptFile: {
      type: "string",
      placeholder: "FILE",
      help: "file to begin with, of what the run generates: text, WAV or MIDI",
    },
    promptSeconds: {
      type: "number",
      min: 0.001,
      max: 1e6,
      otherwise: "all of it",
      help: "seconds of the sound or music of --prompt-file to begin with",
    },
    length: {
      type: "integer",
      min: 1,
      max: 10_000_000,
      otherwise: "1000 unless --seconds is given",
      help: "tokens in all, those of the prompt included",
    },
    seconds: {
      type: "number",
      min: 0.001,
      max: 86_400,
      otherwise: "none",
      help: "of sound and music: seconds in all, those of the prompt included",
    },
    ...samplingOptions,
    seed: seedOption,
    ...oneThreadEngineOptions,
  },
  examples: [
    'ondelette sequence sample --run runs/plays --prompt "ROMEO:" --length 2000 --out play.txt',
    "ondelette sequence sample --run runs/voice --seconds 2 --temperature 0.9 --out voice.wav",
    "ondelette sequence sample --run runs/piano --prompt-file prelude.mid --prompt-seconds 5 --seconds 60 --out piano.mid",
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
    await checkFilePath(args.out);
    const prompt = await promptOf(args, kind, io);
    const { temperature, topP, topK, minP, seed } = args;
    const { length, isLast } = howLong(args, kind, prompt);
    const engine = await engineOf(args, io);
    const progress = io.progress({ label: "generating", unit: `${kind.unit}s`, total: length });
    const begun = performance.now();
    const tokens = await drawSequence(run, {
      ...{ prompt, length, temperature, topP, minP, seed, ...engine },
      ...(topK !== undefined && { topK }),
      ...(isLast && { isLast }),
      signal: io.signal,
      onToken: (done) => progress.update(done),
    });
    progress.finish();
    const seconds = (performance.now() - begun) / 1000;
    await writeFileAtomically(args.out, kind.decode(tokens, io.log));
    const { seconds: lasts } = kind.extent(tokens);
    const asked = args.seconds ?? 0;
    if (lasts !== undefined && lasts < asked - 0.01) {
      io.log(
        `stopped after ${tokens.length} ${kind.unit}s, which last ${lasts.toFixed(2)} s and not ${asked}: the model shifts time too rarely`,
      );
    }
    const lasting = lasts === undefined ? "" : `, ${lasts.toFixed(2)} s of ${kind.ending.slice(1)}`;
    io.print(`${args.out}: ${tokens.length} ${kind.unit}s${lasting} in ${seconds.toFixed(1)} s`);
    return { out: args.out, tokens: tokens.length, seconds, ...(lasts !== undefined && { lasts }) };
  },
});

type SampleArgs = Parameters<typeof command.run>[0];

/** What the sample begins with. */
async function promptOf(args: SampleArgs, kind: OpenKind, io: Io): Promise<Uint16Array> {
  const { run, prompt, promptFile, promptSeconds } = args;
  if (promptFile === undefined) {
    if (promptSeconds !== undefined) throw new UserError("--prompt-seconds needs --prompt-file");
    if (prompt !== undefined && !kind.prompt) {
      throw new UserError(
        `--prompt is for text, but ${run} generates ${kind.unit}s; --prompt-file takes a file of them`,
      );
    }
    return kind.prompt?.(prompt ?? "") ?? new Uint16Array();
  }
  if (prompt !== undefined) throw new UserError("--prompt and --prompt-file exclude each other");
  if (promptSeconds !== undefined && kind.mostPerSecond === undefined) {
    throw new UserError(
      `--prompt-seconds is for sound and music, but ${run} generates ${kind.unit}s`,
    );
  }
  await requireData(promptFile);
  await checkRegularFile(promptFile);
  const tokens = await fileTokens(kind, promptFile, io.log);
  const begun = promptSeconds === undefined ? tokens : beginning(kind, tokens, promptSeconds);
  if (begun.length > 0) return begun;
  const what =
    tokens.length === 0
      ? `${promptFile} has`
      : `the first ${promptSeconds} s of ${promptFile} have`;
  throw new UserError(`${what} no ${kind.unit}s to begin with`);
}

/** How much is generated. */
function howLong(
  { run, length, seconds }: SampleArgs,
  kind: OpenKind,
  prompt: Uint16Array,
): { readonly length: number; readonly isLast?: Lasting["isLast"] } {
  if (seconds === undefined) {
    const tokens = length ?? 1000;
    if (prompt.length < tokens) return { length: tokens };
    throw new UserError(
      `the prompt has ${prompt.length} ${kind.unit}s, and ${tokens} are asked for in all: nothing would be generated; give a longer --length or a shorter prompt`,
    );
  }
  if (length !== undefined) throw new UserError("--length and --seconds exclude each other");
  const long = lasting(kind, seconds, prompt);
  if (!long) {
    throw new UserError(`--seconds is for sound and music, but ${run} generates ${kind.unit}s`);
  }
  const { seconds: begun = 0 } = kind.extent(prompt);
  if (begun < seconds) return long;
  throw new UserError(
    `the prompt lasts ${begun.toFixed(2)} s, and ${seconds} s are asked for in all: nothing would be generated; give more --seconds or fewer --prompt-seconds`,
  );
}
