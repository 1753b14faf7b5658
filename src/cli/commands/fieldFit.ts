import { checkOutput } from "../../data/files/checkOutput.ts";
import { UserError } from "../../errors/userError.ts";
import { createField } from "../../field/createField.ts";
import { families, familyNames, familyOf } from "../../field/families.ts";
import { inits } from "../../field/family.ts";
import type { FitResult } from "../../field/fit/fit.ts";
import { fitField } from "../../field/fit/fitField.ts";
import type { FieldConfig } from "../../field/run.ts";
import { fieldFiles, openField, readFieldConfig } from "../../field/runFolder.ts";
import { portrayField } from "../../field/show/portrait.ts";
import { loadSignal } from "../../field/signal/loadSignal.ts";
import { describeSignal, pointsOf } from "../../field/signal/signal.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { flagOf } from "../parser/options.ts";
import { beNice } from "../shared/beNice.ts";
import { engineOf } from "../shared/engineOptions.ts";
import { signalOptions } from "../shared/fieldOptions.ts";
import { planOf } from "../shared/planOf.ts";
import { preparationOf, preparationOptions, preparedBy } from "../shared/preparationOptions.ts";
import {
  checkResume,
  isResumed,
  runOptions,
  stepsOption,
  trainingAdvice,
  trainingProgress,
} from "../shared/trainingOptions.ts";

const solved = familyNames.filter((name) => families[name].kind === "solved").join(", ");

/** `ondelette field fit`: fits a continuous function to a picture, a sound or an array. */
export const command = defineCommand({
  about:
    "Makes a folder: config.json, field.onnx, and pictures of the fit, its error, its parts and its spectrum. " +
    `The model ${solved} is solved directly and kept as field.ondl, of which any beginning is a field; all others are trained, have a checkpoint, and have a chart and metrics.jsonl besides. The PSNR ` +
    "is that of the last parameters on all samples. With --denoise or --samples means, PSNR is measured against the " +
    "preprocessed signal; error.png shows the difference from the original. Ctrl-C saves and stops; --resume continues " +
    "exactly from the last checkpoint.",
  positionals: { input: "picture, sound (.wav) or array (.npy) to fit" },
  options: {
    ...runOptions,
    model: {
      type: "choice",
      choices: familyNames,
      otherwise: "expansion",
      help: "family of functions",
    },
    params: {
      type: "integer",
      min: 1,
      max: 1e9,
      otherwise: "130000",
      help: "approximate number of real parameters",
    },
    bytes: {
      type: "integer",
      min: 64,
      max: 1e9,
      otherwise: "by --params",
      help: "bytes of the field's file, instead of a number of parameters",
    },
    ...preparationOptions,
    steps: { ...stepsOption, otherwise: "fit for a time", group: "Options of trained models" },
    seconds: {
      type: "number",
      min: 0.1,
      max: 1e8,
      otherwise: "60 unless --steps is given",
      group: "Options of trained models",
      help: "seconds to train in total",
    },
    psnr: {
      type: "number",
      min: 0,
      max: 400,
      otherwise: "train to the end",
      group: "Options of trained models",
      help: "stop at this PSNR, in dB",
    },
    rate: {
      type: "number",
      min: 1e-9,
      max: 1e3,
      otherwise: "the model's own",
      group: "Options of trained models",
      help: "highest learning rate",
    },
    batch: {
      type: "integer",
      min: 1,
      max: 1e8,
      otherwise: "65536",
      group: "Options of trained models",
      help: "points of a step, at most all",
    },
    init: {
      type: "choice",
      choices: inits,
      otherwise: "maxima",
      group: "Options of trained models",
      help: "where the atoms of wavelet fields start",
    },
    ...signalOptions,
  },
  examples: [
    "ondelette field fit photo.jpg --out fields/photo",
    "ondelette field fit photo.jpg --out fields/small --bytes 20000",
    "ondelette field fit word.wav --out fields/word --model siren --psnr 40",
    "ondelette field fit noisy.png --out fields/clean --denoise auto",
    "ondelette field fit small.png --out fields/large --samples means --params 400000",
  ],
  advice: {
    ...trainingAdvice,
    "plan-done": "give a larger --steps or --seconds",
    diverged: "--rate sets it in a new run",
  },
  async run(args, io) {
    const engine = await engineOf(args, io);
    if (args.nice !== undefined) beNice(args.nice);
    const { input, out, channels, channelAxis, maxSize, tensorboard } = args;
    const exists = await isResumed(io, args, fieldFiles(out).config);
    const old = exists ? await readFieldConfig(out) : undefined;
    const model = args.model ?? old?.model ?? "expansion";
    checkTrainingOptions(model, args, io);
    if (args.bytes !== undefined) checkBytesOption(model, args);
    if (old) checkResume(out, contradictions(args, old));
    await checkOutput(out, [input]);
    const given = await loadSignal(input, {
      ...{ channels, maxSize, notice: io.log },
      ...(channelAxis && { channelAxis }),
    });
    if (old) {
      const fitted = { size: old.signal.size, channels: old.size.channels };
      if (describeSignal(fitted) !== describeSignal(given)) {
        throw new UserError(
          `${out} was fitted to ${describeSignal(fitted)}, ${input} has ${describeSignal(given)}`,
          "sizes-differ",
        );
      }
    }
    const preparation = old ? old.preparation : preparationOf(args);
    const { signal, noise } = preparedBy(model, given, preparation);
    const minutes = args.seconds === undefined ? undefined : args.seconds / 60;
    const plan = planOf(args.steps, minutes, "--seconds") ?? old?.plan ?? { minutes: 1 };
    const { params: parameters = 130_000, rate: peak, batch, seed = 1, init, saveEvery } = args;
    const config = old
      ? { ...old, ...(old.plan && { plan }) }
      : createField(signal, {
          ...{ path: input, model, parameters, seed },
          ...(args.bytes !== undefined && { bytes: args.bytes }),
          // Only a number that was given is worth a notice when it is reduced.
          ...(args.params !== undefined && { notice: io.log }),
          training: {
            plan,
            ...(peak !== undefined && { peak }),
            ...(batch !== undefined && { batch }),
            ...(init !== undefined && { init }),
          },
          ...(preparation && { preparation }),
        });
    const progress = trainingProgress(io, plan);
    const result = await fitField(out, config, signal, {
      ...{ ...engine, signal: io.signal, saveEvery, tensorboard, report: progress.report },
      ...(args.psnr !== undefined && { psnr: args.psnr }),
    });
    progress.finish();
    const portrait = await portrayField(out, await openField(out), given, engine);
    const { step, seconds, psnr, snr, bytes, interrupted, curve } = result;
    const pictures = [...(curve === undefined ? [] : [curve]), ...portrait];
    const exact = psnr === Number.POSITIVE_INFINITY;
    // What a file is asked for is bytes.
    const asked = old || args.bytes !== undefined ? undefined : parameters;
    const how = familyOf(model).kind === "solved" ? "solved" : `${step} steps`;
    io.print(
      `${out}: ${exact ? "exact" : decibelsText(psnr, snr)} at ${pointsOf(signal.size)} points with ` +
        `${parametersText(result, asked)}, ${how} in ${seconds.toFixed(1)} s`,
    );
    if (bytes) {
      const { coefficients, places, placeBits, fileBytes } = bytes;
      io.print(
        `  ${fieldFiles(out).packed}: ${fileBytes} bytes; ${coefficients} coefficients at ${places} places, ` +
          `which cost ${placeBits} bits as a bitmap`,
      );
    }
    if (noise) {
      const percent = Number((100 * noise.sigma).toPrecision(3));
      io.print(
        `  noise with σ = ${percent} % was removed first; the preprocessed signal is ${noise.psnr.toFixed(2)} dB from the input`,
      );
    }
    if (interrupted) {
      io.print(
        `  stopped before the end of its plan; to continue: ondelette field fit ${input} --out ${out} --resume`,
      );
    }
    for (const picture of pictures) io.print(`  ${picture}`);
    return {
      ...{ out, ...result, psnr: exact ? null : psnr, exact, pictures },
      ...(snr !== undefined && { snr: Number.isFinite(snr) ? snr : null }),
      ...(asked !== undefined && { askedParameters: asked }),
      bytes: bytes && { ...bytes },
      ...(noise && { noise: { ...noise } }),
    };
  },
});

/** How near a fit comes, of sounds against their own power too; silence has none. */
const decibelsText = (psnr: number, snr: number | undefined): string =>
  `${psnr.toFixed(2)} dB` +
  (snr === undefined || !Number.isFinite(snr) ? "" : ` (SNR ${snr.toFixed(2)} dB)`);

/** How many parameters a field uses, and how many were asked for where that differs by a hundredth or more. */
function parametersText({ parameters, bytes }: FitResult, asked = parameters): string {
  const used = bytes?.usedParameters ?? parameters;
  const differs = Math.abs(used - asked) >= asked / 100;
  return `${used} parameters${differs ? ` of ${asked} asked for` : ""}`;
}

type FitArgs = Parameters<typeof command.run>[0];

/** Refuses options of a training for a model that is solved; a limit of time alone gets a notice. */
function checkTrainingOptions(model: string, args: FitArgs, io: Io): void {
  if (familyOf(model).kind === "trained") return;
  if (args.seconds !== undefined) {
    io.log(`--seconds has no effect: ${model} is solved directly, without training`);
  }
  for (const name of ["steps", "psnr", "rate", "batch", "init"] as const) {
    if (args[name] !== undefined) {
      throw new UserError(
        `${flagOf(name)} does not apply to ${model}, which is solved directly; leave it out, or name a trained --model`,
      );
    }
  }
}

/** Refuses a number of bytes beside one of parameters, and for a model that is not kept in bytes. */
function checkBytesOption(model: string, { params }: FitArgs): void {
  if (params !== undefined) throw new UserError("give --bytes or --params, not both");
  if (familyOf(model).kind === "trained")
    throw new UserError(
      `--bytes does not apply to ${model}, which is trained; give --params, or --model ${solved}`,
    );
}

/** The options given and what the field has in their place. */
function contradictions(args: FitArgs, old: FieldConfig): Parameters<typeof checkResume>[1] {
  const { training, preparation } = old;
  const denoise = preparation?.denoise;
  return {
    model: [args.model, old.model],
    seed: [args.seed, old.seed],
    rate: [args.rate, training?.peak],
    batch: [args.batch, training?.batch],
    init: [args.init, training?.init],
    bytes: [args.bytes, old.bytes],
    denoise: [args.denoise, denoise === undefined ? undefined : `${denoise}`],
  };
}
