import { open, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { readMetrics } from "../data/files/jsonl.ts";
import type { MetricRecord } from "../data/files/metrics.ts";
import { UserError } from "../errors/userError.ts";
import { isPaceKey } from "../train/steps/pace.ts";
import type { RunDescription, RunKind, Score } from "./modelCard.ts";

/** A record of unknown content. */
type Loose = Readonly<Record<string, unknown>>;

/**
 * What can be said of a run by its `config.json`, `metrics.jsonl`, `result.json` and checkpoint. Only the presence of `config.json` is
 * required: what a file of another version does not say is left out. Throws UserError of the code `wrong-kind` where the
 * folder is not a run.
 */
export async function describeRun(folder: string): Promise<RunDescription> {
  const config = await readConfig(folder);
  const kind = kindOf(config);
  const metrics = await readMetrics(join(folder, "metrics.jsonl"));
  const result = await readResult(folder);
  const last = metrics.at(-1);
  const numberIn = (key: string) => {
    const value = result[key] ?? last?.[key];
    return typeof value === "number" ? value : undefined;
  };
  const shape = await readCheckpointHeader(join(folder, "checkpoint", "latest.safetensors"));
  return {
    kind,
    name: basename(resolve(folder)),
    model: modelOf(config),
    data: textAt(config, "alphabet", "kind") ?? textAt(config, "task", "name"),
    parameters: shape?.parameters ?? numberIn("parameters"),
    steps: shape?.step ?? numberIn("step"),
    seconds: numberIn("seconds"),
    ending: endings[textAt(config, "alphabet", "kind") ?? ""],
    scores: scoresOf(metrics, result),
  };
}

async function readConfig(folder: string): Promise<Loose> {
  const path = join(folder, "config.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
    throw new UserError(`${folder} is not a run: it has no config.json`, "wrong-kind");
  });
  try {
    const config: unknown = JSON.parse(text);
    if (isRecord(config)) return config;
  } catch {
    // The sentence below says it.
  }
  throw new UserError(`${path} is not the configuration of a run: it is not JSON`, "wrong-kind");
}

/** How the training ended; nothing where it has not, or does not say. */
async function readResult(folder: string): Promise<Loose> {
  try {
    const result: unknown = JSON.parse(await readFile(join(folder, "result.json"), "utf8"));
    return isRecord(result) ? result : {};
  } catch {
    return {};
  }
}

const kindNames: readonly RunKind[] = [
  "image",
  "image-classifier",
  "sequence",
  "classifier",
  "field",
];

/** What a configuration says it is of; older ones are recognized by what they hold. */
function kindOf(config: Loose): RunKind {
  const stated = kindNames.find((kind) => kind === config.kind);
  if (stated !== undefined) return stated;
  if (typeof config.kind === "string") return "unknown";
  if ("alphabet" in config) return "sequence";
  if ("task" in config) return "classifier";
  if ("signal" in config) return "field";
  if ("language" in config) return "image";
  return "unknown";
}

/** The name of the model, of the family, or of what mixes positions. */
function modelOf(config: Loose): string | undefined {
  const { model } = config;
  if (typeof model === "string") return model;
  return textAt(config, "model", "name") ?? textAt(config, "options", "mixing");
}

/** The endings of the files that sequence models make, by the kind of corpus. */
const endings: Readonly<Record<string, string>> = { audio: ".wav", midi: ".mid" };

/** The measures of this program in words. Others are shown under their own names. */
const measures: Readonly<Record<string, Omit<Score, "value">>> = {
  nats: { name: "loss", unit: "nats per token" },
  bitsPerImage: { name: "loss", unit: "bits per image" },
  accuracy: { name: "accuracy", unit: "%" },
  psnr: { name: "PSNR", unit: "dB" },
};

/** Columns of metrics that are not scores. */
const notScores: ReadonlySet<string> = new Set(
  "step seconds tokens images examples points gradientNorm rate learningRate".split(" "),
);

/** What the names of measures of a validation begin with. */
const validation = "validation";

/** The last value of every measure, those of the training first; what `result.json` says at the end counts more. */
function scoresOf(metrics: readonly MetricRecord[], result: Loose): Score[] {
  const last = new Map<string, Score>();
  const add = (key: string, value: unknown, step: number | undefined) => {
    if (typeof value !== "number" || notScores.has(key) || isPaceKey(key)) return;
    last.set(key, { ...wordsOf(key), value, ...(step !== undefined && { step }) });
  };
  for (const record of metrics) {
    for (const [key, value] of Object.entries(record)) add(key, value, record.step);
  }
  const step = typeof result.step === "number" ? result.step : undefined;
  for (const [key, value] of entriesOf(result.metrics)) add(key, value, step);
  for (const [key, value] of entriesOf(result.validation)) {
    add(`${validation}${key.charAt(0).toUpperCase()}${key.slice(1)}`, value, step);
  }
  const isValidation = (key: string) => Number(key.startsWith(validation));
  return [...last].sort(([a], [b]) => isValidation(a) - isValidation(b)).map(([, score]) => score);
}

/** `validationNats` → validation loss, in nats per token. */
function wordsOf(key: string): Omit<Score, "value"> {
  const isValidation = key.startsWith(validation) && key.length > validation.length;
  const bare = isValidation
    ? key.charAt(validation.length).toLowerCase() + key.slice(validation.length + 1)
    : key;
  const measure = Object.hasOwn(measures, bare) ? measures[bare] : undefined;
  if (measure === undefined) return { name: key };
  return { ...measure, name: `${isValidation ? validation : "training"} ${measure.name}` };
}

const entriesOf = (value: unknown) => (isRecord(value) ? Object.entries(value) : []);

/** A header of a safetensors file that is longer than this is damaged. */
const longestHeader = 100e6;

/** Number of parameters and step, from the header alone; `undefined` where there is no such file or it is another. */
async function readCheckpointHeader(
  path: string,
): Promise<{ readonly parameters?: number; readonly step?: number } | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const length = Number(buffer.readBigUInt64LE());
    if (length > longestHeader) return undefined;
    const text = (await file.read(Buffer.alloc(length), 0, length, 8)).buffer.toString();
    const header: unknown = JSON.parse(text);
    if (!isRecord(header)) return undefined;
    const sizes = Object.entries(header).flatMap(([name, tensor]) =>
      name.startsWith("parameters/") ? sizeOf(tensor) : [],
    );
    const step = Number(textAt(header, "__metadata__", "step") ?? Number.NaN);
    return {
      ...(sizes.length > 0 && { parameters: sizes.reduce((sum, size) => sum + size, 0) }),
      ...(Number.isSafeInteger(step) && { step }),
    };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** Elements of a tensor, by the header's record of it. */
function sizeOf(tensor: unknown): number {
  const shape = isRecord(tensor) && Array.isArray(tensor.shape) ? tensor.shape : [];
  return shape.reduce<number>((product, length) => product * Number(length), 1);
}

function textAt(record: Loose, key: string, inner: string): string | undefined {
  const value = record[key];
  const text = isRecord(value) ? value[inner] : undefined;
  return typeof text === "string" ? text : undefined;
}

function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
