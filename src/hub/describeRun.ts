import { open, readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type MetricRecord, readMetrics } from "../data/files/jsonl.ts";
import { UserError } from "../errors/userError.ts";
import type { RunDescription, RunKind, Score } from "./modelCard.ts";

/** A record of unknown content. */
type Loose = Readonly<Record<string, unknown>>;

/**
 * What can be said of a run by its `config.json`, `metrics.jsonl` and checkpoint. Only the presence of `config.json` is
 * required: what a file of another version does not say is left out. Throws UserError of the code `wrong-kind` where the
 * folder is not a run.
 */
export async function describeRun(folder: string): Promise<RunDescription> {
  const config = await readConfig(folder);
  const kind = kindOf(config);
  const metrics = await readMetrics(join(folder, "metrics.jsonl"));
  const last = metrics.at(-1);
  const shape = await readCheckpointHeader(join(folder, "checkpoint", "latest.safetensors"));
  return {
    kind,
    name: basename(resolve(folder)),
    model: modelOf(config),
    data: textAt(config, "alphabet", "kind") ?? textAt(config, "task", "name"),
    parameters: shape?.parameters,
    steps: shape?.step ?? last?.step,
    seconds: typeof last?.seconds === "number" ? last.seconds : undefined,
    ending: endings[textAt(config, "alphabet", "kind") ?? ""],
    scores: scoresOf(metrics),
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

const kindNames: readonly RunKind[] = ["image", "sequence", "classifier", "field"];

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
  nats: { name: "training loss", unit: "nats per token" },
  heldOutNats: { name: "validation loss", unit: "nats per token" },
  validNats: { name: "validation loss", unit: "nats per token" },
  bitsPerImage: { name: "training loss", unit: "bits per image" },
  heldOutBitsPerImage: { name: "validation loss", unit: "bits per image" },
  accuracy: { name: "training accuracy" },
  recentAccuracy: { name: "training accuracy" },
  heldOutAccuracy: { name: "validation accuracy" },
  psnr: { name: "PSNR", unit: "dB" },
};

/** Columns of metrics that are not scores. */
const notScores: ReadonlySet<string> = new Set(
  "step seconds tokens images examples gradientNorm rate learningRate".split(" "),
);

/** The last value of every measure. */
function scoresOf(metrics: readonly MetricRecord[]): Score[] {
  const last = new Map<string, Score>();
  for (const record of metrics) {
    for (const [key, value] of Object.entries(record)) {
      if (typeof value !== "number" || notScores.has(key)) continue;
      const measure = Object.hasOwn(measures, key) ? measures[key] : undefined;
      last.set(key, { ...(measure ?? { name: key }), value, step: record.step });
    }
  }
  return [...last.values()];
}

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
