import { extname } from "node:path";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { isFile } from "../../data/files/isFile.ts";
import { UserError } from "../../errors/userError.ts";
import { exportField } from "../../field/evaluate/exportField.ts";
import type { FieldConfig } from "../../field/run.ts";
import { openField } from "../../field/runFolder.ts";
import { exportImageClassifier } from "../../image/classify/exportImageClassifier.ts";
import type { ImageClassifierConfig } from "../../image/classify/run.ts";
import { openImageClassifier } from "../../image/classify/runFolder.ts";
import { exportImageRun } from "../../image/exportImageRun.ts";
import { encodeIntegerModel, integerModel } from "../../image/integer/integerModel.ts";
import type { ImageConfig } from "../../image/run.ts";
import { openImageRun } from "../../image/runFolder.ts";
import { type FileValue, type ModelMetadata, onnxSummary } from "../../runtime/index.ts";
import { openClassifier } from "../../sequence/classify/createClassifier.ts";
import { exportClassifier } from "../../sequence/classify/exportClassifier.ts";
import type { ClassifierConfig } from "../../sequence/classify/run.ts";
import { exportSequence } from "../../sequence/exportSequence.ts";
import type { SequenceConfig } from "../../sequence/run.ts";
import { openSequence } from "../../sequence/runFolder.ts";
import { readAnyConfig, runFiles } from "../../train/run/runFolder.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { laidOnWhite, openAnyField } from "../shared/openAnyField.ts";
import { sizeText } from "../shared/sizeText.ts";
import { packageVersion } from "../version.ts";

/** Every kind of run. */
type Kind = (
  | ImageConfig
  | ImageClassifierConfig
  | SequenceConfig
  | ClassifierConfig
  | FieldConfig
)["kind"];

interface Options extends ModelMetadata {
  readonly length?: number;
}

/** Opens a run and gives it as the bytes of an ONNX model. */
type Exporter = (folder: string, options: Options) => Promise<Uint8Array>;

const exporters: { readonly [K in Kind]: Exporter } = {
  image: async (folder, options) => exportImageRun(await openImageRun(folder), options),
  "image-classifier": withoutLength(async (folder, metadata) =>
    exportImageClassifier(await openImageClassifier(folder), metadata),
  ),
  sequence: withoutLength(async (folder, metadata) =>
    exportSequence(await openSequence(folder), metadata),
  ),
  classifier: withoutLength(async (folder, metadata) =>
    exportClassifier(await openClassifier(folder), metadata),
  ),
  field: withoutLength(async (folder, metadata) => exportField(await openField(folder), metadata)),
};

/** `ondelette export`: writes a trained model as an ONNX file. */
export const command = defineCommand({
  about:
    "Writes the trained model of a run of any kind as one file for ONNX Runtime and other programs: operators of the ONNX " +
    "standard (opset 21), any batch size, the parameters under their names. Metadata name the kind, the model, and the " +
    "alphabet or the classes. A sequence model gives logits for whole context windows, a classifier for examples, one of " +
    "images its features too, a field values at points. The image model paper gives logits for whole streams of tokens, state for single decisions, and values distributions of coefficients.",
  positionals: {
    run: "run folder of a trained model, or compressed field or picture (.ondl)",
  },
  options: {
    out: outputOption(
      "ONNX file to write (.onnx), or codec of an image model in integers (.safetensors)",
    ),
    length: {
      type: "integer",
      min: 1,
      max: 65_536,
      otherwise: "two for each coefficient",
      help: "tokens of a stream, for the image model paper",
    },
  },
  examples: [
    "ondelette export runs/plays -o plays.onnx",
    "ondelette export fields/photo -o photo.onnx --json",
    "ondelette export runs/lossless -o digits.safetensors",
    "ondelette export photo.ondl -o photo.onnx",
  ],
  advice: {
    "no-checkpoint": "the command that made it trains it with --resume",
  },
  async run({ run: folder, out, length }, io) {
    const ending = extname(out).toLowerCase();
    if (ending !== ".onnx" && ending !== ".safetensors") {
      throw new UserError(
        `${out} must end in .onnx, because an ONNX file is written, or in .safetensors for the codec of an image model`,
      );
    }
    await checkFilePath(out);
    if (await isFile(folder)) {
      if (ending !== ".onnx")
        throw new UserError(`${out} must end in .onnx: ${folder} is a file, not an image model`);
      return exportFile(folder, out, length, io);
    }
    const { kind } = await readAnyConfig(folder);
    if (!isKind(kind)) {
      throw new UserError(
        `${folder} is a run of kind ${JSON.stringify(kind)}, which cannot be exported; ${Object.keys(exporters).join(", ")} can`,
        "wrong-kind",
      );
    }
    const { config, latest } = runFiles(folder);
    await checkOutput(out, [config, latest]);
    if (ending === ".safetensors") {
      if (kind !== "image" || length !== undefined)
        throw new UserError(
          `${folder} is no codec: an image model values or state is one, without --length`,
        );
      const model = await integerModel(await openImageRun(folder));
      const bytes = encodeIntegerModel(model);
      await writeFileAtomically(out, bytes);
      io.print(`${out}: ${sizeText(bytes.length)}, the codec ${model.hash.slice(0, 32)}…`);
      return { run: folder, kind, out, bytes: bytes.length, hash: model.hash };
    }
    const bytes = await exporters[kind](folder, {
      producerVersion: await packageVersion(),
      ...(length !== undefined && { length }),
    });
    return written({ run: folder, kind, out }, bytes, io);
  },
});

/** Exports a field that is not in a run folder. */
async function exportFile(path: string, out: string, length: number | undefined, io: Io) {
  await checkOutput(out, [path]);
  const exporter = withoutLength(async (_, metadata) => {
    const { field, opacity } = await openAnyField(path, io.log);
    if (opacity) io.log(laidOnWhite(path));
    return exportField(field, metadata);
  });
  const bytes = await exporter(path, {
    producerVersion: await packageVersion(),
    ...(length !== undefined && { length }),
  });
  return written({ run: path, kind: "field", out }, bytes, io);
}

/** Writes a model, and says what it takes and gives. */
async function written(
  { run, kind, out }: { readonly run: string; readonly kind: Kind; readonly out: string },
  bytes: Uint8Array,
  io: Io,
) {
  await writeFileAtomically(out, bytes);
  const { inputs, outputs } = onnxSummary(bytes);
  io.print(`${out}: ${sizeText(bytes.length)}, a model of kind ${kind}`);
  const values = [...inputs, ...outputs].map(({ name, ...value }) => [name, typeText(value)]);
  const widths = [0, 1].map((column) => Math.max(...values.map((row) => row[column]!.length)));
  const print = (word: string, { name, description = "", ...value }: FileValue) =>
    io.print(
      `  ${word.padEnd(6)}  ${name.padEnd(widths[0]!)}  ${typeText(value).padEnd(widths[1]!)}  ${description}`.trimEnd(),
    );
  for (const value of inputs) print("input", value);
  for (const value of outputs) print("output", value);
  return {
    ...{ run, kind, out, bytes: bytes.length },
    inputs: plain(inputs),
    outputs: plain(outputs),
  };
}

const isKind = (kind: unknown): kind is Kind =>
  typeof kind === "string" && Object.hasOwn(exporters, kind);

/** An exporter of models that have no length to choose. */
function withoutLength(
  exporter: (folder: string, metadata: ModelMetadata) => Promise<Uint8Array>,
): Exporter {
  return (folder, { length, ...metadata }) => {
    if (length === undefined) return exporter(folder, metadata);
    throw new UserError("--length is for the image model paper alone");
  };
}

/** `float32 [batch, 2]` */
const typeText = ({ dtype, shape }: Pick<FileValue, "dtype" | "shape">): string =>
  `${dtype} [${shape.join(", ")}]`;

const plain = (values: readonly FileValue[]) =>
  values.map(({ name, dtype, shape, description = "" }) => ({
    ...{ name, type: dtype, shape: [...shape], description },
  }));
