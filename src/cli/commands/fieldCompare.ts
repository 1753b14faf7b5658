import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { trainingsOf } from "../../compare/compare.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { isFile } from "../../data/files/isFile.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { type ClockName, clocks } from "../../field/compare/clock.ts";
import {
  compareFields,
  type FieldArm,
  fieldArms,
  fieldTable,
  fitArm,
  fitFolder,
} from "../../field/compare/compareFields.ts";
import {
  type ComparedInput,
  type FieldComparison,
  variantsOf,
} from "../../field/compare/comparison.ts";
import { isPicture } from "../../field/compare/finishFit.ts";
import { fingerprint } from "../../field/compare/records.ts";
import { families, familyNames } from "../../field/families.ts";
import { inits } from "../../field/family.ts";
import { centerCrop } from "../../field/signal/crop.ts";
import { type LoadOptions, loadSignal } from "../../field/signal/loadSignal.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { armWork } from "../shared/armWork.ts";
import { engineOf, engineOptions } from "../shared/engineOptions.ts";
import { signalOptions } from "../shared/fieldOptions.ts";
import { planOf } from "../shared/planOf.ts";
import { doWork, isAlone, sharingOptions } from "../shared/sharedWork.ts";
import { progressByName, stepsOption } from "../shared/trainingOptions.ts";

/** `ondelette field compare`: fits families of fields to the same inputs, and says which comes nearest. */
export const command = defineCommand({
  about:
    "Every model tries each factor of --rate-factors with the first random seed, then is fitted to every input with the " +
    "best of them and --seeds seeds. All have the same number of real parameters, as near as a whole width comes. PSNR is " +
    "that of the last parameters on all samples, seconds are of training alone, and p is Welch's against the first " +
    "model. If interrupted, run the same command again to continue after the last finished fit.",
  positionals: { inputs: { several: "pictures, sounds (.wav) or arrays (.npy) to fit" } },
  options: {
    out: outputOption("folder for results", "FOLDER"),
    models: {
      type: "string",
      placeholder: "NAMES",
      default: familyNames.join(","),
      help: "families to compare, separated by commas",
    },
    init: {
      type: "string",
      placeholder: "STARTS",
      default: "maxima",
      help: `where the atoms of wavelet fields start, ${inits.join(" or ")}; several are compared, separated by commas`,
    },
    params: {
      type: "integer",
      min: 1,
      max: 1e9,
      default: 130_000,
      help: "real parameters of each",
    },
    steps: { ...stepsOption, otherwise: "none; give --seconds instead", help: "steps of each fit" },
    seconds: {
      type: "number",
      min: 0.01,
      max: 1e8,
      otherwise: "none; give --steps instead",
      help: "seconds of each fit",
    },
    seeds: { type: "integer", min: 1, max: 1000, default: 3, help: "random seeds: fits of each" },
    rateFactors: {
      type: "string",
      placeholder: "FACTORS",
      default: "1",
      help: "factors of each model's own learning rate to try, separated by commas",
    },
    trialSteps: {
      type: "integer",
      min: 1,
      max: 1e12,
      otherwise: "as long as a fit",
      help: "steps that a rate is tried for",
    },
    trialSeconds: {
      type: "number",
      min: 0.01,
      max: 1e8,
      otherwise: "as long as a fit",
      help: "seconds that a rate is tried for",
    },
    batch: {
      type: "integer",
      min: 1,
      max: 1e8,
      default: 65_536,
      help: "points of a step, at most all",
    },
    ...signalOptions,
    crop: {
      type: "integer",
      min: 1,
      max: 1e6,
      otherwise: "no crop",
      help: "samples along each axis to cut out of the middle",
    },
    ...engineOptions,
    clock: {
      type: "choice",
      choices: Object.keys(clocks) as readonly ClockName[],
      default: "wall",
      help: "clock to time with: wall, or CPU time (use with --threads 1 on a busy machine)",
    },
    ...sharingOptions,
  },
  examples: [
    "ondelette field compare photo.png --models siren,wire,finer --params 50000 --steps 1000 --out compared",
    "ondelette field compare photo.png --steps 1000 --jobs 4 --out compared",
    "ondelette field compare a.png b.png --seconds 60 --rate-factors 0.3,1,3 --trial-seconds 10 --out compared",
  ],
  parallel: true,
  async run(args, io) {
    const { out, params: parameters, seeds, batch, clock, channels, channelAxis, maxSize } = args;
    const timed = (seconds: number | undefined) => seconds && seconds / 60;
    const plan = planOf(args.steps, timed(args.seconds), "--seconds");
    if (!plan) throw new UserError("--steps or --seconds is missing: it says how long each fit is");
    const trialOptions = ["--trial-seconds", "--trial-steps"] as const;
    const trial = planOf(args.trialSteps, timed(args.trialSeconds), ...trialOptions);
    const starts = wordsOf(args.init).map((name) => oneOf(inits, name, "start of atoms"));
    const variants = wordsOf(args.models)
      .map((name) => oneOf(familyNames, name, "model"))
      .flatMap((name) => variantsOf(name, families[name], starts));
    const factors = wordsOf(args.rateFactors).map(Number);
    if (!factors.every((factor) => factor > 0 && Number.isFinite(factor))) {
      throw new UserError(
        `--rate-factors ${args.rateFactors} must be positive numbers separated by commas`,
      );
    }
    await checkOutput(out, args.inputs);
    const inputs = await loadInputs(args.inputs, args.crop, {
      ...{ channels, maxSize, notice: io.log },
      ...(channelAxis && { channelAxis }),
    });

    const comparison: FieldComparison = {
      ...{ variants, inputs, parameters, factors, seeds, batch, plan },
      ...(trial && { trial }),
    };
    const engine = await engineOf(args, io);
    const options = { ...engine, clock, signal: io.signal };

    const compared = async () => {
      const progress = progressByName(io);
      const { report } = progress;
      const summaries = await compareFields(out, comparison, {
        ...options,
        report,
        notice: io.log,
      });
      progress.finish();
      io.print(fieldTable(summaries, inputs));
      const pictures = inputs.some(({ signal }) => isPicture(signal)) ? ", sheet.png" : "";
      io.print(
        `${join(out, "table.md")}, summary.json, curves-step.svg, curves-seconds.svg${pictures}`,
      );
      // As summary.json has it: null for NaN and infinite numbers.
      return { out, models: JSON.parse(JSON.stringify(summaries)) };
    };
    if (isAlone(args, io)) return compared();

    const arms = fieldArms(comparison);
    const work = armWork<readonly KeptFile[], FieldArm>({
      arms,
      trainings: (arm) => trainingsOf(arm, { rates: factors }),
      settings: {
        variants: variants.map(({ name, init }) => `${name} ${init}`),
        inputs: inputs.map(({ name, signal }) => `${name} ${fingerprint(signal)}`),
        ...{ parameters, factors, seeds, batch, plan, trial, clock, ...engine },
      },
      async run(arm, report) {
        const names = await fitArm(out, comparison, arm, { ...options, report });
        return Promise.all(
          names.map(async (name) => ({ name, bytes: await readFile(join(out, fitFolder, name)) })),
        );
      },
    });
    return doWork(args, io, work, async (parts) => {
      const place = join(out, fitFolder);
      await makeFolder(place);
      for await (const part of parts) {
        for (const { name, bytes } of part) {
          const path = join(place, basename(name));
          if (!(await isFile(path))) await writeFileAtomically(path, bytes);
        }
      }
      return compared();
    });
  },
});

/** A file of a fit: its record, or its picture. */
interface KeptFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Words with commas between, each once. */
const wordsOf = (text: string): string[] => [...new Set(text.split(","))];

function oneOf<Name extends string>(names: readonly Name[], name: string, what: string): Name {
  const found = names.find((known) => known === name);
  if (!found) throw new UserError(`there is no ${what} "${name}"; there are ${names.join(", ")}`);
  return found;
}

/** Signals by the names of their files; a name that comes again is numbered. */
async function loadInputs(
  paths: readonly string[],
  crop: number | undefined,
  options: LoadOptions,
): Promise<ComparedInput[]> {
  const inputs: ComparedInput[] = [];
  for (const path of paths) {
    const whole = await loadSignal(path, options);
    const signal = crop === undefined ? whole : centerCrop(whole, crop);
    const stem = basename(path, extname(path));
    const again = paths
      .slice(0, inputs.length)
      .filter((other) => basename(other, extname(other)) === stem).length;
    inputs.push({ name: again === 0 ? stem : `${stem}-${again + 1}`, signal });
  }
  return inputs;
}
