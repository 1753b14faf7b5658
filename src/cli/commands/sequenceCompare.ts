import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { compareMixings } from "../../sequence/compare/compare.ts";
import { summaryTable } from "../../sequence/compare/summary.ts";
import { fitCorpus } from "../../sequence/createSequence.ts";
import { kindNames } from "../../sequence/kinds.ts";
import { type MixingName, mixingNames } from "../../sequence/mixings.ts";
import { defineCommand } from "../parser/command.ts";
import { planOf } from "../shared/planOf.ts";
import { progressByName, runOptions, sizeOptions } from "../shared/trainingOptions.ts";

/** `ondelette sequence compare`: trains models that differ in their mixing alone, and says which learn faster. */
export const command = defineCommand({
  about:
    "Every mixing tries each rate of --rates, then is trained with the best of them and --seeds seeds; the table says " +
    "mean and deviation, the share of steps and seconds saved until the plain model's final loss, and Welch's p-value. " +
    "Seconds are steps times the time of a step, which all mixings are timed for in turns. Interrupt it at will: the same " +
    "command goes on.",
  options: {
    data: {
      type: "string",
      placeholder: "PATH",
      required: true,
      help: "file or folder to train on",
    },
    kind: { type: "choice", choices: kindNames, required: true, help: "what it is" },
    out: {
      type: "string",
      placeholder: "FOLDER",
      required: true,
      help: "folder for runs and results",
    },
    mixing: {
      type: "string",
      placeholder: "NAMES",
      default: mixingNames.join(","),
      help: "mixings to compare, with commas",
    },
    rates: {
      type: "string",
      placeholder: "RATES",
      default: "0.003",
      help: "learning rates to try, with commas",
    },
    seeds: { type: "integer", min: 1, default: 3, help: "trainings of each" },
    ...sizeOptions,
    trialSteps: { type: "integer", min: 1, help: "steps that a rate is tried for; all by default" },
    steps: { type: "integer", min: 1, help: "steps of each training" },
    minutes: { type: "number", min: 0.01, help: "minutes of each training" },
    threads: runOptions.threads,
  },
  examples: [
    "ondelette sequence compare --data text27 --kind chars --mixing none,haar,shift --steps 1000 --out compared",
  ],
  async run(args, io) {
    const { data: path, out, seeds, threads } = args;
    const plan = planOf(args.steps, args.minutes);
    if (!plan) throw new UserError("say how long each training is: --steps or --minutes");
    const mixings = args.mixing.split(",").map(mixingNamed);
    const rates = args.rates.split(",").map(Number);
    if (!rates.every((rate) => rate > 0)) {
      throw new UserError(`--rates ${args.rates} must be positive numbers with commas between`);
    }
    const { signal } = io;
    const folder = join(out, "corpus");
    const request = { path, kind: args.kind, kindOptions: {}, options: args };
    const { kind, corpus } = await fitCorpus(folder, request, { signal, notice: io.log });
    await using _ = corpus;
    const { layers, width, heads, context, batch } = args;
    const progress = progressByName(io);
    const arms = await compareMixings(
      out,
      {
        ...{ corpus, kind, path, mixings, rates, seeds, plan },
        ...(args.trialSteps !== undefined && { trial: { steps: args.trialSteps } }),
        options: { layers, width, heads, context, batch },
      },
      {
        ...(threads !== undefined && { threads }),
        signal,
        report: progress.report,
      },
    );
    progress.finish();
    io.print(summaryTable(arms, kind.unit));
    io.print(`${join(out, "table.md")}, curves-step.svg, curves-seconds.svg`);
    return { out, arms: arms.map(({ finals, ...arm }) => ({ ...arm, finals: [...finals] })) };
  },
});

function mixingNamed(name: string): MixingName {
  const found = mixingNames.find((known) => known === name);
  if (!found) throw new UserError(`"${name}" is no mixing; there are ${mixingNames.join(", ")}`);
  return found;
}
