import { BinaryReader } from "@bufbuild/protobuf/wire";
import { UserError } from "../errors/userError.ts";
import { type DType, onnxType } from "../graph/index.ts";
import type { FileValue } from "./onnxProto.ts";

/** What an ONNX file says about itself. */
export interface OnnxSummary {
  readonly description: string;
  /** Version of the program that wrote it. */
  readonly producerVersion: string;
  /** Further facts by name (`metadata_props`). */
  readonly properties: Readonly<Record<string, string>>;
  /** A length that is known only when the file is run is given by its name: `batch`. */
  readonly inputs: readonly FileValue[];
  readonly outputs: readonly FileValue[];
}

/**
 * Reads what an ONNX file says about itself: its inputs and outputs with types and shapes, and its metadata. Nothing is
 * loaded or run. Throws UserError where the bytes are not an ONNX model, or an input or output has a type that this library
 * does not have.
 *
 * @example
 * ```ts
 * const { inputs } = onnxSummary(await readFile("model.onnx"));
 * inputs[0]; // { name: "points", dtype: "float32", shape: ["batch", 2], description: … }
 * ```
 */
export function onnxSummary(bytes: Uint8Array): OnnxSummary {
  try {
    const model = fieldsOf(bytes);
    const graph = fieldsOf(model.message(7));
    const properties = model.messages(14).map(fieldsOf);
    return {
      description: model.text(6),
      producerVersion: model.text(3),
      properties: Object.fromEntries(properties.map((entry) => [entry.text(1), entry.text(2)])),
      inputs: graph.messages(11).map(readValue),
      outputs: graph.messages(12).map(readValue),
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`the bytes are not an ONNX model: ${reason}`, "damaged-file");
  }
}

/** A ValueInfoProto of a tensor. */
function readValue(bytes: Uint8Array): FileValue {
  const value = fieldsOf(bytes);
  const name = value.text(1);
  const tensor = fieldsOf(fieldsOf(value.message(2)).message(1));
  const description = value.text(3);
  return {
    name,
    dtype: dtypeOf(name, tensor.number(1)),
    shape: fieldsOf(tensor.message(2))
      .messages(1)
      .map((length) => {
        const fields = fieldsOf(length);
        return fields.text(2) || fields.number(1);
      }),
    ...(description !== "" && { description }),
  };
}

function dtypeOf(name: string, number: number): DType {
  for (const [dtype, known] of Object.entries(onnxType)) {
    if (known === number) return dtype as DType; // a key of it
  }
  throw new UserError(
    `"${name}" has the ONNX element type ${number}, which is not supported`,
    "unsupported-file",
  );
}

/** The fields of a protobuf message by their numbers; of several with one number the last counts, but for `messages`. */
interface Fields {
  messages(field: number): readonly Uint8Array[];
  /** Throws an Error where there is none. */
  message(field: number): Uint8Array;
  /** Empty where there is none. */
  text(field: number): string;
  /** 0 where there is none. */
  number(field: number): number;
}

const delimited = 2;
const varint = 0;

function fieldsOf(bytes: Uint8Array): Fields {
  const pieces = new Map<number, Uint8Array[]>();
  const numbers = new Map<number, number>();
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type === delimited) {
      const list = pieces.get(field) ?? [];
      list.push(reader.bytes());
      pieces.set(field, list);
    } else if (type === varint) numbers.set(field, Number(reader.int64()));
    else reader.skip(type, field);
  }
  const messages = (field: number) => pieces.get(field) ?? [];
  return {
    messages,
    message(field) {
      const last = messages(field).at(-1);
      if (!last) throw new Error(`field ${field} is missing`);
      return last;
    },
    text: (field) => new TextDecoder().decode(messages(field).at(-1)),
    number: (field) => numbers.get(field) ?? 0,
  };
}
