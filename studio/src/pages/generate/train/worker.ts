import { expose, proxy, wrap } from "comlink";
import { encodeTokens } from "ondelette/codec";
import { parseMetrics, type Raster, someOf } from "ondelette/data";
import {
  analyze,
  buildRun,
  createRun,
  exportImageRun,
  type ImageConfig,
  imageTrainable,
  openImageRun,
  readStaticCoder,
  splitValidation,
  stateDefaults,
} from "ondelette/image";
import { decodeParameters, type RunStore, runNames, trainRun } from "ondelette/train";
import { encodeModel } from "../../../shared/models/loadModel.ts";
import { fetchDigits, type Images } from "../../../shared/models/shippedDigits.ts";
import type { ModelUrls } from "../../../shared/models/urls.ts";
import type { Form } from "../../../shared/pictures/decodeTo.ts";
import { alone } from "../../../shared/runs/alone.ts";
import { browserRuns } from "../../../shared/runs/browserStore.ts";
import { locateEngine } from "../../../shared/workerEngine.ts";
import type { DrawWorker } from "../draw/worker.ts";
import { decodeImages, encodeImages, type OwnFile, readOwn } from "./ownImages.ts";
import { type Point, pointsOf } from "./points.ts";

/** What a new training is made of. */
export interface Settings {
  /** Width of the layers. */
  readonly width: number;
  readonly steps: number;
  readonly seed: number;
}

/** Where a training is. */
export interface Status {
  /** `empty`: nothing is kept; `paused`: it can go on; `done`: to the end of its plan. */
  readonly phase: "empty" | "preparing" | "training" | "paused" | "done";
  /** What is being prepared. */
  readonly waiting?: string;
  readonly error?: string | undefined;
  readonly steps?: number;
  readonly step: number;
  readonly seconds: number;
  readonly images: number;
  /** Mean of the last steps. */
  readonly bits?: number | undefined;
  /** Loss of the last step alone, in nats: what a resumed training repeats to the bit. */
  readonly loss?: number | undefined;
  readonly heldOut?: number | undefined;
  /** Bits that a coder without a network needs for the same pictures. */
  readonly baseline?: number | undefined;
  readonly points: readonly Point[];
  readonly samples: readonly Raster[];
  readonly sampledAt?: number;
  readonly data?: string;
  /** Whether the training outlives the page. */
  readonly isKept?: boolean;
  readonly parameters?: number;
}

const imagesFile = "images.safetensors";

/** How often the training is kept, and draws. */
const keepEverySeconds = 6;

/** Images that are scored on the way: each takes a thousand decisions. */
const heldOutImages = 100;

/** Milliseconds between two messages to the page. */
const tellEvery = 200;

const samplesCount = 20;

/**
 * Small batches and a fast start, for WebAssembly: held-out digits cost 704 bits after 100 steps, where the demo's batches of four
 * times as many decisions, which take longer, need 150.
 */
const batch = { rows: { shape: 512, detail: 384 }, peak: 0.01 };
const warmup = 30;

const threads = 1;

const digitsPath = "the digits of the studio";

const nothing: Status = { phase: "empty", step: 0, seconds: 0, images: 0, points: [], samples: [] };

let urls: ModelUrls | undefined;
let status: Status = nothing;
let listener: ((status: Status) => void) | undefined;
let isKept = true;
let told = 0;
let pausing: AbortController | undefined;
let running: Promise<void> = Promise.resolve();

function tell(change: Partial<Status>, now = true): void {
  status = { ...status, ...change };
  const time = performance.now();
  if (!now && time - told < tellEvery) return;
  told = time;
  listener?.({ ...status, isKept });
}

const runs = browserRuns("generate");
const runName = "training";
const files = runs.open(runName);

/** Draws beside the training, on another core where there is one. */
let sampler: ReturnType<typeof wrap<DrawWorker>> | undefined;
let sampling = false;

/** Draws with the model as it is kept, unless the last drawing is not done yet. */
async function sample(): Promise<void> {
  if (sampling || !urls) return;
  sampling = true;
  try {
    const run = await openImageRun(files);
    sampler ??= wrap<DrawWorker>(
      new Worker(new URL("../draw/worker.ts", import.meta.url), { type: "module" }),
    );
    await sampler.load(
      urls,
      new Uint8Array(await new Blob(encodeModel(run) as BlobPart[]).arrayBuffer()),
    );
    const asked = { label: -1, count: samplesCount, seed: 1, sampling: { topP: 0.7 } };
    const { rasters } = await sampler.draw(
      asked,
      proxy(() => {}),
    );
    if (status.phase !== "empty") tell({ samples: rasters, sampledAt: run.step });
  } finally {
    sampling = false;
  }
}

/** The pictures of the kept training. */
async function keptImages(
  config: Pick<ImageConfig, "data">,
): Promise<[Images, Images | undefined]> {
  if (config.data.path === digitsPath) {
    if (!urls) throw new Error("the trainer is not open");
    const { train, test } = await fetchDigits(urls.images);
    return [train, test];
  }
  const bytes = await files.read(imagesFile);
  if (!bytes) throw new Error("the pictures of this training are not there any more");
  const { training, validation } = splitValidation(decodeImages(bytes));
  return [training, validation];
}

/** The configuration that is kept, where there is a training. */
async function keptConfig(): Promise<ImageConfig | undefined> {
  const bytes = await files.read(runNames.config);
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}

/** Trains the kept run to its end, or until it is paused. */
async function go(config: ImageConfig): Promise<void> {
  tell({ phase: "preparing", waiting: "Laying out pictures" });
  const [images, heldOut] = await keptImages(config);
  const validation = heldOut && someOf(heldOut, heldOutImages);
  const model = imageTrainable(config, images, { validation, threads });
  const seen: RunStore = {
    ...files,
    async append(file, text) {
      await files.append(file, text);
      if (file === runNames.metrics)
        tell({ points: [...status.points, ...pointsOf(parseMetrics(text))] }, false);
    },
    async write(file, content) {
      await files.write(file, content);
      // A training begins with the metrics up to where it goes on from: a longer plan goes back to where the old one slowed down.
      if (file === runNames.metrics && typeof content === "string")
        tell({ points: pointsOf(parseMetrics(content)) });
      if (file !== runNames.latest) return;
      // In its own time: the training does not wait for it.
      sample().catch((error: unknown) => tell({ error: `no samples: ${error}` }));
    },
  };
  pausing = new AbortController();
  tell({ phase: "preparing", waiting: "Compiling the model" });
  const quick = { ...model, rate: { ...model.rate, warmup } };
  const trained = await trainRun(seen, config, quick, {
    threads,
    saveEvery: keepEverySeconds,
    signal: pausing.signal,
    until({ loss }) {
      status = { ...status, loss };
      return false;
    },
    report({ step, seconds, examples, metrics, validation }) {
      const { bitsPerImage: bits } = metrics;
      const { bitsPerImage: heldOut } = validation;
      tell({ ...{ phase: "training", step, seconds, images: examples, bits, heldOut } }, false);
    },
  });
  tell({
    phase: trained.interrupted ? "paused" : "done",
    step: trained.step,
    heldOut: trained.validation.bitsPerImage,
  });
}

/** Runs one thing at a time, in one tab; what goes wrong becomes the status. */
function begin(work: () => Promise<void>): Promise<void> {
  tell({ error: undefined });
  running = running
    .then(() => alone(`ondelette ${runName}`, work))
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      tell({ phase: status.step > 0 ? "paused" : "empty", error: message });
    });
  return running;
}

/** Bits that the static coder, fitted on the training images, needs for held-out ones; of a handful, in a moment. */
async function baselineOf(config: ImageConfig, heldOut: Images | undefined) {
  if (!heldOut) return undefined;
  const { language } = buildRun(config);
  const coder = await readStaticCoder(files);
  const { rasters } = someOf(heldOut, heldOutImages);
  const bits = rasters.map((raster) =>
    coder.bits(encodeTokens(analyze(raster, language), language.tokens), language.tokens),
  );
  return bits.reduce((sum, b) => sum + b, 0) / bits.length;
}

/** What a kept training says of itself. */
async function keptStatus(): Promise<Status> {
  const config = await keptConfig();
  if (!config) return nothing;
  const text = new TextDecoder().decode((await files.read(runNames.metrics)) ?? new Uint8Array());
  const bytes = await files.read(runNames.latest);
  const { model } = buildRun(config);
  const {
    step = 0,
    seconds = 0,
    examples = 0,
  } = bytes ? decodeParameters(bytes, runNames.latest, model.layout) : {};
  const points = pointsOf(parseMetrics(text)).filter((point) => point.step <= step);
  const steps = "steps" in config.plan ? config.plan.steps : undefined;
  return {
    phase: steps !== undefined && step >= steps ? "done" : "paused",
    ...{ step, seconds, images: examples, points, samples: [], data: config.data.path },
    ...(steps !== undefined && { steps }),
    parameters: model.layout.size,
    bits: points.findLast(({ bits }) => bits !== undefined)?.bits,
    heldOut: points.findLast(({ heldOut }) => heldOut !== undefined)?.heldOut,
  };
}

const api = {
  /** Says where the training is, now and from now on. */
  async open(given: ModelUrls, listen: (status: Status) => void): Promise<void> {
    listener = listen;
    if (urls) return tell({});
    urls = given;
    isKept = await runs.isKept();
    status = await keptStatus().catch(() => nothing);
    tell({});
  },

  /** Begins a new training, of the shipped digits or of pictures of one's own. */
  start(
    { width, steps, seed }: Settings,
    own?: { readonly files: readonly OwnFile[]; readonly form: Form },
  ): Promise<void> {
    return begin(async () => {
      await runs.remove(runName);
      status = nothing;
      tell({ phase: "preparing", waiting: own ? "Reading pictures" : "Loading the digits" });
      let [images, heldOut] = [undefined, undefined] as [Images | undefined, Images | undefined];
      if (own) {
        const { images: read, unreadable } = await readOwn(own.files, own.form, (done, total) =>
          tell({ waiting: `Reading pictures: ${done} of ${total}` }, false),
        );
        await files.write(imagesFile, encodeImages(read));
        const split = splitValidation(read);
        [images, heldOut] = [split.training, split.validation];
        const of = `${read.rasters.length} pictures of ${read.classNames.length} classes`;
        tell({ data: unreadable > 0 ? `${of}; ${unreadable} files could not be read` : of });
      } else {
        [images, heldOut] = await keptImages({ data: { path: digitsPath, images: 0 } });
        tell({ data: digitsPath });
      }
      tell({ waiting: "Counting tokens" });
      const config = await createRun(files, images, {
        model: { name: "state", options: { ...stateDefaults, ...batch, width } },
        language: {
          ...{ wavelet: "haar", finest: 0.125 },
          ...(own && { color: own.form.color, padding: "edge" as const }),
        },
        fit: "resize",
        seed,
        path: own ? "pictures of one's own" : digitsPath,
        plan: { steps },
      });
      tell({
        steps,
        parameters: buildRun(config).model.layout.size,
        baseline: await baselineOf(config, heldOut),
      });
      await go(config);
    });
  },

  /** Goes on with the kept training, which may be given more steps. */
  resume(steps?: number): Promise<void> {
    return begin(async () => {
      const config = await keptConfig();
      if (!config) throw new Error("there is no training to go on with");
      const plan = steps === undefined ? config.plan : { steps };
      if ("steps" in plan) tell({ steps: plan.steps });
      if (status.baseline === undefined) {
        const [, heldOut] = await keptImages(config);
        tell({ baseline: await baselineOf(config, heldOut) });
      }
      await go({ ...config, plan });
    });
  },

  /** Ends after the step in progress, and keeps it. */
  async pause(): Promise<void> {
    pausing?.abort();
    await running;
  },

  /** Forgets the training. */
  async reset(): Promise<void> {
    pausing?.abort();
    await begin(async () => {
      await runs.remove(runName);
      status = nothing;
      tell({});
    });
  },

  /** The kept model as a file. */
  async file(kind: "weights" | "onnx"): Promise<Blob> {
    const run = await openImageRun(files);
    const parts = kind === "weights" ? encodeModel(run) : [exportImageRun(run)];
    return new Blob(parts as BlobPart[]); // none is of shared memory
  },

  /** All files of the run, as the command line reads them. */
  async folder(): Promise<Readonly<Record<string, Uint8Array<ArrayBuffer>>>> {
    const { [imagesFile]: _, ...all } = await runs.files(runName);
    return all;
  },
};

export type TrainWorker = typeof api;

locateEngine();
expose(api);
