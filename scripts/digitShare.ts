/**
 * How often a digit can be heard in the sound that a sequence model draws, by a judge that the repository's own engine trains on
 * recordings of spoken digits: a convolutional network that sees 0.8 s in 32 bands of frequency and answers with a digit or "no
 * digit". It hears a clip window by window, ten a second, and counts a digit where one has a probability of at least 0.9. The same
 * is asked of held-out recordings and of clips without a digit, so that the share means something. For a model of fewer samples per
 * second give recordings of its rate, so that the judge learns from what the model could say.
 *
 *   node scripts/digitShare.ts --run runs/voice --recordings data/free-spoken-digits --judge runs/judge --clips 100
 */
import { defineCommand } from "../src/cli/parser/command.ts";
import { samplingOptions, seedOption } from "../src/cli/shared/commonOptions.ts";
import { engineOf, oneThreadEngineOptions } from "../src/cli/shared/engineOptions.ts";
import { trainingProgress } from "../src/cli/shared/trainingOptions.ts";
import { createRandom } from "../src/data/random/random.ts";
import { UserError } from "../src/errors/index.ts";
import { drawSequence, openSequence } from "../src/sequence/index.ts";
import { atClipRate, canBeHeard, clipRate } from "./listening/clipRate.ts";
import { classNames, quantized, references } from "./listening/digitClips.ts";
import { type Heard, listen, openJudge, readRecordings } from "./listening/digitJudge.ts";
import { soundOf } from "./listening/soundOf.ts";
import { runScript } from "./runScript.ts";

/** The probability from which a digit counts as heard. */
const certain = 0.9;

const command = defineCommand({
  options: {
    run: {
      type: "string",
      placeholder: "RUN",
      otherwise: "only the references are heard",
      help: "run folder of a model of sound",
    },
    recordings: {
      type: "string",
      placeholder: "FOLDER",
      required: true,
      help: "spoken digits, named like 7_jackson_32.wav",
    },
    judge: {
      type: "string",
      placeholder: "RUN",
      required: true,
      help: "run folder of the judge, which is trained there first where it is missing",
    },
    steps: { type: "integer", min: 1, default: 600, help: "steps of its training" },
    scenes: {
      type: "integer",
      min: 1,
      default: 8,
      help: "windows that are made of each recording for its training",
    },
    clips: { type: "integer", min: 1, max: 10_000, default: 100, help: "clips of each kind" },
    seconds: {
      type: "number",
      min: 0.1,
      max: 60,
      default: 1,
      help: "length of each clip",
    },
    ...samplingOptions,
    seed: seedOption,
    ...oneThreadEngineOptions,
  },
  examples: [
    "scripts/digitShare.ts --run runs/voice --recordings data/free-spoken-digits --judge runs/judge --clips 100",
  ],
  async run(args, io) {
    const { clips, seconds, temperature, topP, seed } = args;
    const engine = await engineOf(args, io);
    const recordings = await readRecordings(args.recordings);
    const { steps, scenes } = args;
    const training = trainingProgress(io, { steps });
    const judge = await openJudge(args.judge, recordings, {
      ...{ engine, steps, scenes, report: training.report },
      ...{ signal: io.signal, notice: io.log },
    });
    training.finish();
    io.print(
      `the judge hears ${percent(judge.rightDigits)} of windows with a held-out digit as that digit, and ${percent(judge.rightOthers)} of windows without one as such`,
    );
    const rows: Row[] = [];
    const add = async (what: string, sounds: readonly Float32Array[]) => {
      rows.push(rowOf(what, await listen(judge, sounds, engine)));
    };
    if (args.run !== undefined) {
      const sounds = await drawn(args.run);
      await add(args.run, sounds);
    }
    for (const [what, make] of Object.entries(references)) {
      const sounds = Array.from({ length: clips }, (_, i) =>
        quantized(
          make(
            recordings.test,
            Math.round(clipRate * seconds),
            createRandom(seed).fork(`${what} ${i}`),
          ),
        ),
      );
      await add(what, sounds);
    }
    for (const line of table(rows, seconds)) io.print(line);
    const { rightDigits, rightOthers } = judge;
    return { rightDigits, rightOthers, seconds, rows };

    /** Clips of a model, with a seed each. */
    async function drawn(folder: string): Promise<Float32Array[]> {
      const model = await openSequence(folder);
      const { name, unit, mostPerSecond: rate = 0 } = model.kind;
      if (name !== "audio" || !canBeHeard(rate)) {
        throw new UserError(
          `${folder} must be a model of sound of ${clipRate} samples per second or a whole part of it, as the judge hears; it generates ${rate || "no"} ${unit}s per second`,
        );
      }
      const length = Math.round(rate * seconds);
      const progress = io.progress({ label: "generating", unit: "clips", total: clips });
      const sounds: Float32Array[] = [];
      for (let i = 0; i < clips; i++) {
        const tokens = await drawSequence(model, {
          ...{ length, temperature, topP, seed: seed + i, ...engine },
          signal: io.signal,
        });
        const { samples } = await soundOf(model.kind.decode(tokens));
        // A model of a lower rate says nothing above half of it; the levels' noise is everywhere, as in what the judge has learned.
        sounds.push(rate === clipRate ? samples : quantized(atClipRate(samples, rate)));
        progress.update(i + 1);
      }
      progress.finish();
      return sounds;
    }
  },
});

/** What was heard in clips of one kind; a type, so that it is plain JSON. */
type Row = {
  readonly what: string;
  readonly clips: number;
  /** Clips in which a digit is heard with certainty. */
  readonly certain: number;
  /** Its standard error, as a share. */
  readonly error: number;
  /** Mean probability of the surest digit. */
  readonly sure: number;
  /** Entropy of the digits that are heard with certainty, in bits; log2 10 = 3.32 where all are as frequent. */
  readonly entropy: number;
  /** How often each digit, 0 … 9, is heard with certainty. */
  readonly digits: readonly number[];
};

function rowOf(what: string, heard: readonly Heard[]): Row {
  const sureOnes = heard.filter(({ sure }) => sure >= certain);
  const digits = classNames
    .slice(0, 10)
    .map((_, digit) => sureOnes.filter((one) => one.digit === digit).length);
  const share = sureOnes.length / heard.length;
  const shares = digits.filter((count) => count > 0).map((count) => count / sureOnes.length);
  return {
    ...{ what, clips: heard.length, certain: sureOnes.length, digits },
    error: Math.sqrt((share * (1 - share)) / heard.length),
    sure: heard.reduce((sum, { sure }) => sum + sure, 0) / heard.length,
    entropy: shares.reduce((sum, p) => sum - p * Math.log2(p), 0),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function table(rows: readonly Row[], seconds: number): string[] {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return [
    `clips of ${seconds} s in which a digit has a probability of ${certain} or more`,
    ...rows.map(
      ({ what, clips, certain: count, error, sure, entropy, digits }) =>
        `${what.padEnd(width)}  ${percent(count / clips).padStart(7)} (± ${(100 * error).toFixed(1)}) of ${clips}  mean of the surest ${sure.toFixed(2)}  entropy ${entropy.toFixed(2)} bits  0 … 9: ${digits.join(" ")}`,
    ),
  ];
}

await runScript(
  "scripts/digitShare.ts",
  "the share of generated clips in which a digit is heard",
  command,
);
