import { expose, transfer } from "comlink";
import { blankRaster, type Raster } from "ondelette/data";
import {
  coarseToFine,
  type DrawnImage,
  drawFrom,
  drawImages,
  type ImageSampling,
  noClass,
  type Rectangle,
  synthesize,
} from "ondelette/image";
import { decodeModel, fetchModel, type LoadedModel } from "../../../shared/models/loadModel.ts";
import { type Digits, fetchDigits } from "../../../shared/models/shippedDigits.ts";
import type { ModelUrls } from "../../../shared/models/urls.ts";
import { locateEngine } from "../../../shared/workerEngine.ts";
import { watched } from "./watched.ts";

/** What a model is, for controls. */
export interface ModelFacts {
  readonly classNames: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly step: number;
  readonly parameters: number;
  readonly guided: boolean;
}

/** Pictures on their way. */
export interface Frame {
  readonly rasters: readonly Raster[];
  readonly tokens: number;
  readonly seconds: number;
}

export interface DrawRequest {
  /** Index of a class; -1 for all in turn. */
  readonly label: number;
  readonly count: number;
  readonly seed: number;
  readonly sampling: ImageSampling;
}

export interface FillRequest {
  readonly picture: Raster;
  readonly label: number;
  readonly hole: Rectangle;
  readonly drawings: number;
  readonly seed: number;
  readonly sampling: ImageSampling;
}

type OnFrame = (frame: Frame) => void;

let urls: ModelUrls | undefined;
let model: LoadedModel | undefined;
let digits: Promise<Digits> | undefined;
let drawn: readonly DrawnImage[] = [];

/** Matrices are small: threads wait for each other longer than they compute. */
const threads = 1;

function loaded(): LoadedModel {
  if (!model) throw new Error("no model is loaded");
  return model;
}

/** Guidance compares with pictures of any class, which not every model was shown. */
function possible(sampling: ImageSampling): ImageSampling {
  const { guidance: _, ...rest } = sampling;
  return loaded().config.classDropout ? sampling : rest;
}

/** Draws, with frames of all that is known on the way. */
async function drawing(
  onFrame: OnFrame,
  draw: (run: LoadedModel) => Promise<readonly DrawnImage[]>,
): Promise<Frame> {
  const run = loaded();
  const begun = performance.now();
  const { width, height, color } = run.language;
  const blank = blankRaster(width, height, color === "gray" ? 1 : 3);
  const seconds = () => (performance.now() - begun) / 1000;
  const seen = watched(run, (known, tokens) => {
    const rasters = known.map((values) =>
      values ? synthesize(values, run.language).raster : blank,
    );
    onFrame({ rasters, tokens, seconds: seconds() });
  });
  const images = await draw(seen);
  const tokens = images.reduce((sum, { drawing }) => sum + drawing.tokens.length, 0);
  return { rasters: images.map(({ raster }) => raster), tokens, seconds: seconds() };
}

const api = {
  /** Loads the shipped model; or one that was trained here, from the bytes of its file. */
  async load(given: ModelUrls, bytes?: Uint8Array): Promise<ModelFacts> {
    urls = given;
    model = bytes ? decodeModel(bytes, "the trained model") : await fetchModel(given.weights);
    const { config, language } = model;
    return {
      classNames: config.classNames,
      width: language.width,
      height: language.height,
      step: model.step,
      parameters: model.parameters.length,
      guided: Boolean(config.classDropout),
    };
  },

  async draw({ label, count, seed, sampling }: DrawRequest, onFrame: OnFrame): Promise<Frame> {
    const { length: classes } = loaded().config.classNames;
    const labels = Array.from({ length: count }, (_, i) =>
      label >= 0 ? label : classes > 1 ? i % classes : classes === 1 ? 0 : noClass,
    );
    return drawing(onFrame, async (run) => {
      drawn = await drawImages(run, { labels, seed, threads, ...possible(sampling) });
      return drawn;
    });
  },

  async fill(
    { picture, label, hole, drawings, seed, sampling }: FillRequest,
    onFrame: OnFrame,
  ): Promise<Frame> {
    return drawing(onFrame, async (run) => {
      const options = { keep: { outside: hole }, drawings, seed, threads, ...possible(sampling) };
      const [filled] = await drawFrom(run, [{ raster: picture, label }], options);
      return filled?.images ?? [];
    });
  },

  /** How a drawing sharpened: pictures of growing beginnings of its stream, side by side. */
  strip(index: number): Raster | undefined {
    const image = drawn[index];
    if (!image) return undefined;
    const raster = coarseToFine([image], loaded().language);
    return transfer(raster, [raster.data.buffer as ArrayBuffer]);
  },

  /** One of the shipped digits of typefaces that the model has not seen. */
  async digit(index: number): Promise<{ readonly raster: Raster; readonly label: number }> {
    if (!urls) throw new Error("no model is loaded");
    digits ??= fetchDigits(urls.images);
    const { test } = await digits;
    const i = index % test.rasters.length;
    return { raster: test.rasters[i]!, label: test.labels[i]! };
  },
};

export type DrawWorker = typeof api;

locateEngine();
expose(api);
