import { UserError } from "../../errors/userError.ts";
import { createField } from "../../field/createField.ts";
import { familyNames } from "../../field/families.ts";
import { inits } from "../../field/family.ts";
import { fitField } from "../../field/fit/fit.ts";
import { fieldFiles, openField, readFieldConfig } from "../../field/run.ts";
import { portrayField } from "../../field/show/portrait.ts";
import { loadSignal } from "../../field/signal/loadSignal.ts";
import { pointsOf } from "../../field/signal/signal.ts";
import { defineCommand } from "../parser/command.ts";
import { signalOptions } from "../shared/fieldOptions.ts";
import { planOf } from "../shared/planOf.ts";
import { preparationOf, preparationOptions, preparedBy } from "../shared/preparationOptions.ts";
import { isResumed, runOptions, trainingProgress } from "../shared/trainingOptions.ts";

/** `ondelette field fit`: fits a continuous function to a picture, a sound or an array. */
export const command = defineCommand({
  about:
    "Makes a folder: config.json, metrics.jsonl, checkpoint, field.onnx, and pictures of the fit, its error, its parts and " +
    "its spectrum. The PSNR at the end is that of the last parameters on all samples. Ctrl-C saves and stops; --resume goes " +
    "on exactly where the last checkpoint was. With --denoise or --samples means the PSNR is that of the samples made ready, " +
    "and error.png shows what is left of the input.",
  positionals: { input: "picture, sound (.wav) or array (.npy) to fit" },
  options: {
    out: { type: "string", placeholder: "FIELD", required: true, help: "folder to make" },
    model: {
      type: "choice",
      choices: familyNames,
      default: "expansion",
      help: "family of functions",
    },
    init: {
      type: "choice",
      choices: inits,
      default: "maxima",
      help: "where the atoms of wavelet fields start",
    },
    params: { type: "integer", min: 1, default: 130_000, help: "real parameters, about" },
    ...preparationOptions,
    steps: { type: "integer", min: 1, help: "steps of the fit, in all" },
    seconds: {
      type: "number",
      min: 0.1,
      help: "seconds of the fit, in all (60 if nothing is said)",
    },
    psnr: { type: "number", help: "stop at so many dB" },
    rate: { type: "number", min: 0, help: "highest learning rate; the model's own by default" },
    batch: { type: "integer", min: 1, default: 65_536, help: "points of a step, all at most" },
    ...signalOptions,
    ...runOptions,
  },
  examples: [
    "ondelette field fit photo.jpg --out fields/photo --seconds 60",
    "ondelette field fit word.wav --out fields/word --model siren --psnr 40",
    "ondelette field fit noisy.png --out fields/clean --denoise auto",
    "ondelette field fit small.png --out fields/large --samples means --params 400000",
  ],
  async run(args, io) {
    const { input, out, resume, threads, model, channels, channelAxis, maxSize } = args;
    const exists = await isResumed(out, fieldFiles(out).config, resume);
    const wished = preparationOf(args);
    const given = await loadSignal(input, {
      ...{ channels, maxSize, notice: io.log },
      ...(channelAxis && { channelAxis }),
    });
    const old = exists ? await readFieldConfig(out) : undefined;
    if (old && `${old.signal.size}/${old.size.channels}` !== `${given.size}/${given.channels}`) {
      throw new UserError(
        `${out} was fitted to ${old.signal.size.join(" x ")} samples, ${input} has ${given.size.join(" x ")}`,
      );
    }
    const preparation = old ? old.preparation : wished;
    const { signal, noise } = preparedBy(old?.model ?? model, given, preparation);
    const minutes = args.seconds === undefined ? undefined : args.seconds / 60;
    const plan = planOf(args.steps, minutes, "--seconds") ?? old?.plan ?? { minutes: 1 };
    const { params: parameters, rate: peak, batch, seed, init, saveEvery } = args;
    const config = old
      ? { ...old, ...(old.plan && { plan }) }
      : createField(signal, {
          ...{ path: input, model, parameters, seed },
          training: { init, batch, plan, ...(peak !== undefined && { peak }) },
          ...(preparation && { preparation }),
        });
    const progress = trainingProgress(io, plan);
    const engine = threads === undefined ? {} : { threads };
    const result = await fitField(out, config, signal, {
      ...{ ...engine, signal: io.signal, saveEvery, report: progress.report },
      ...(args.psnr !== undefined && { psnr: args.psnr }),
    });
    progress.finish();
    const pictures = await portrayField(out, await openField(out), given, engine);
    const { step, seconds, psnr } = result;
    io.print(
      `${out}: ${psnr.toFixed(2)} dB of ${pointsOf(signal.size)} points by ${result.parameters} parameters, ${step} steps in ${seconds.toFixed(1)} s`,
    );
    if (noise) {
      const percent = Number((100 * noise.sigma).toPrecision(3));
      io.print(
        `  measured after noise of σ = ${percent} % was taken away, which is ${noise.psnr.toFixed(2)} dB from the input`,
      );
    }
    for (const picture of pictures) io.print(`  ${picture}`);
    return { out, ...result, ...(noise && { noise: { ...noise } }), pictures };
  },
});
