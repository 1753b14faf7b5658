import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { rivalCounter } from "../../data/images/losslessRivals.ts";
import { UserError } from "../../errors/userError.ts";
import { evaluate } from "../../image/evaluate.ts";
import { createRun, openImageRun, readStaticCoder } from "../../image/runFolder.ts";
import { imageTrainable } from "../../image/training/imageTrainable.ts";
import { valueDefaults } from "../../image/values/options.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import type { Plan } from "../../train/plan.ts";
import { trainRun } from "../../train/run/trainRun.ts";
import type { Io } from "../parser/command.ts";
import { trainingProgress } from "./trainingOptions.ts";

/** Bits per pixel and channel of images, exactly as they are. */
export type LosslessFigures = {
  readonly model: number;
  /** Of the static coder of the same language. */
  readonly staticCoder: number;
  /** Of sheets of these images in other formats, see `rivalCounter`; undefined where sharp is not installed. */
  readonly rivals?: { readonly png: number; readonly webp: number; readonly jxl?: number };
};

/** A short training learns more from smaller batches. */
const small = { width: 128, rows: 2048 };

/** Trains a lossless run in `folder` and scores images that it has not seen, beside what other formats need for them. */
export async function losslessFigures(
  io: Io,
  folder: string,
  training: LoadedImages,
  heldOut: LoadedImages,
  request: {
    readonly path: string;
    readonly seed: number;
    readonly plan: Plan;
    readonly compile: CompileOptions;
  },
): Promise<LosslessFigures> {
  const { compile, plan, path, seed } = request;
  const config = await createRun(folder, training, {
    model: { name: "values", options: { ...valueDefaults, ...small } },
    language: { wavelet: "haar", lossless: true, order: "coefficients" },
    ...{ fit: "resize", seed, path, plan },
  });
  const progress = trainingProgress(io, plan);
  const model = imageTrainable(config, training, compile);
  const { signal } = io;
  await trainRun(folder, config, model, { ...compile, signal, report: progress.report });
  progress.finish();
  const staticCoder = await readStaticCoder(folder);
  const score = await evaluate(await openImageRun(folder), heldOut, { ...compile, staticCoder });

  const rivals = await rivalCounter().catch((error: unknown) => {
    if (error instanceof UserError && error.code === "missing-dependency") return undefined;
    throw error;
  });
  for (const raster of heldOut.rasters) await rivals?.add(raster);
  const bytes = await rivals?.finish();
  const { width, height } = config; // the digits are gray
  const perDim = (n: number) => (8 * n) / (heldOut.rasters.length * width * height);
  return {
    model: score.bitsPerDim,
    staticCoder: score.staticCoder?.bitsPerDim ?? Number.NaN, // it was given
    ...(bytes && {
      rivals: {
        ...{ png: perDim(bytes.png), webp: perDim(bytes.webp) },
        ...(bytes.jxl !== undefined && { jxl: perDim(bytes.jxl) }),
      },
    }),
  };
}

/** The figures in a line: JPEG XL's where it is there, else PNG's and WebP's. */
export function losslessLine({ model, rivals }: LosslessFigures): string {
  const own = `${model.toFixed(2)} bits/dim`;
  if (!rivals) return own;
  const { png, webp, jxl } = rivals;
  const others =
    jxl === undefined
      ? `PNG ${png.toFixed(2)}, WebP ${webp.toFixed(2)}`
      : `JPEG XL ${jxl.toFixed(2)}`;
  return `${own}; a sheet of them as ${others}`;
}
