import { join } from "node:path";
import { isFile } from "../../data/files/isFile.ts";
import type { LoadedImages } from "../../data/images/loadedImages.ts";
import { loadImages } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { UserError } from "../../errors/userError.ts";
import { drawImages } from "../../image/draw.ts";
import { type ImageLanguage, type ImageRun, streamLengths } from "../../image/index.ts";
import { formOf } from "../../image/run.ts";
import { openImageRun } from "../../image/runFolder.ts";
import { commonSize, inClasses, squaresOf } from "../../image/training/trainingSet.ts";
import type { Io } from "../parser/command.ts";
import { requireData } from "./missingData.ts";

/** Pictures that are compared, and the lengths of their token streams where a run tells the language. */
export interface Drawn {
  readonly images: LoadedImages;
  readonly tokens: readonly number[] | undefined;
}

/** Where samples come from. */
export interface SampleSource {
  /** The form that real pictures are brought to. */
  readonly form: Pick<Parameters<typeof loadImages>[1], "color" | "size" | "fit">;
  readonly width: number;
  readonly height: number;
  /** The run that draws the samples, or whose language counts the tokens of a folder. */
  readonly speaker: ImageRun | undefined;
  readonly drawsThem: boolean;
  /** Real pictures as they are compared: of the size and with the classes of the samples. */
  fitted(real: LoadedImages, path: string): LoadedImages;
}

/** Opens a run or a folder of samples; `run` is the run whose language a folder is measured in. */
export async function openSamples(path: string, run: string | undefined): Promise<SampleSource> {
  await requireData(path);
  if (await isFile(join(path, "config.json"))) {
    const opened = await openImageRun(path);
    const { config, language } = opened;
    const { width, height } = language;
    const fitted = (real: LoadedImages) => squaresOf(real, config.classNames, language);
    return { form: formOf(config), width, height, speaker: opened, drawsThem: true, fitted };
  }
  const speaker = run === undefined ? undefined : await openImageRun(run);
  const { width, height, channels } = await (await openImages(path)).read(0);
  if (speaker && (speaker.language.width !== width || speaker.language.height !== height))
    throw new UserError(
      `the samples of ${path} are ${width}×${height} pixels and ${run} speaks of ${speaker.language.width}×${speaker.language.height}`,
      "sizes-differ",
    );
  const fitted = (real: LoadedImages, name: string) => {
    const size = commonSize(real.rasters, name);
    if (size.width === width && size.height === height) return real;
    throw new UserError(
      `the pictures of ${name} are ${size.width}×${size.height} pixels, those of ${path} ${width}×${height}`,
      "sizes-differ",
    );
  };
  const form = {
    color: channels === 3 ? "rgb" : "gray",
    ...(width === height && { size: width }),
  } as const;
  return { form, width, height, speaker, drawsThem: false, fitted };
}

/** The lengths of streams, where there is a language. */
export const tokensOf = ({ rasters }: LoadedImages, language: ImageLanguage | undefined) =>
  language && streamLengths(rasters, language);

/** Reads at most `count` samples of a folder; they have the classes of the real pictures if all are known there. */
export async function readSamples(
  path: string,
  { form, width, height, speaker }: SampleSource,
  { count, classNames }: { readonly count: number; readonly classNames: readonly string[] },
  io: Io,
): Promise<Drawn> {
  const source = await openImages(path, { notice: io.log });
  const total = Math.min(source.count, count);
  const progress = io.progress({ label: "reading samples", unit: "images", total });
  const images = await loadImages(source, {
    color: form.color,
    limit: total,
    notice: io.log,
    signal: io.signal,
    onLoaded: (done) => progress.update(done),
  });
  progress.finish();
  const size = commonSize(images.rasters, path);
  if (size.width !== width || size.height !== height)
    throw new RangeError("the first sample changed");
  const isKnown = images.classNames.every((name) => classNames.includes(name));
  const labeled =
    classNames.length > 1 && isKnown
      ? inClasses(images, classNames)
      : { ...images, classNames: ["samples"] };
  return { images: labeled, tokens: tokensOf(images, speaker?.language) };
}

/** Draws a sample of each label. */
export async function drawSamples(
  run: ImageRun,
  labels: readonly number[],
  options: Omit<Parameters<typeof drawImages>[1], "labels" | "onProgress">,
  io: Io,
): Promise<Drawn> {
  const progress = io.progress({ label: "generating", unit: "tokens" });
  const drawn = await drawImages(run, {
    ...options,
    labels,
    onProgress(tokens) {
      io.signal.throwIfAborted();
      progress.update(tokens);
    },
  });
  progress.finish();
  return {
    images: {
      classNames: run.config.classNames,
      rasters: drawn.map(({ raster }) => raster),
      labels: Uint16Array.from(labels),
    },
    tokens: drawn.map(({ drawing }) => drawing.tokens.length),
  };
}
