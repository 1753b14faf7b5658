import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type DType, type OnnxAttribute, onnxType, type Shape } from "../graph/index.ts";

/** A named value at the boundary of the graph (ValueInfoProto). */
export interface ValueInfo {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
}

/** An input or output of a file: a length may be a name for one that is known only when the file is run. */
export interface FileValue extends Omit<ValueInfo, "shape"> {
  readonly shape: readonly (number | string)[];
  readonly description?: string;
}

/** A constant (TensorProto): `bytes` are its elements, little-endian, row-major. */
export interface Initializer extends ValueInfo {
  readonly bytes: Uint8Array;
}

/** One application of an ONNX operator (NodeProto). */
export interface OnnxNode {
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  readonly name?: string;
}

/** A whole ONNX graph, ready to be written. */
export interface OnnxGraph<Value extends FileValue = ValueInfo> {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly Initializer[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Whether all operators are part of the ONNX standard; else some are ONNX Runtime's own. */
  readonly portable: boolean;
}

/** What a file says about itself; nothing of it affects what is computed. */
export interface ModelMetadata {
  /** Name of the graph; "ondelette" by default. */
  readonly name?: string;
  /** What the model does, in a person's words. */
  readonly description?: string;
  /** Version of the program that wrote the file. */
  readonly producerVersion?: string;
  /** Further facts by name, such as the license or the training data. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** Operator sets the nodes are written against: ONNX 21 (IR version 10) and ONNX Runtime's own. */
const opsets = [
  { domain: "", version: 21 },
  { domain: "com.microsoft", version: 1 },
];
const irVersion = 10;

/** The graph as the bytes of an ONNX file. Field numbers are those of onnx.proto3. */
export function writeModel(graph: OnnxGraph<FileValue>, metadata: ModelMetadata = {}): Uint8Array {
  const { description, producerVersion, properties = {} } = metadata;
  const writer = new BinaryWriter();
  int(writer, 1, irVersion);
  text(writer, 2, "ondelette");
  if (producerVersion) text(writer, 3, producerVersion);
  if (description) text(writer, 6, description);
  message(writer, 7, (w) => writeGraph(w, graph, metadata));
  for (const { domain, version } of opsets) {
    if (domain !== "" && graph.portable) continue;
    message(writer, 8, (w) => {
      text(w, 1, domain);
      int(w, 2, version);
    });
  }
  for (const [key, value] of Object.entries(properties)) {
    message(writer, 14, (w) => {
      text(w, 1, key);
      text(w, 2, value);
    });
  }
  return writer.finish();
}

function writeGraph(
  writer: BinaryWriter,
  graph: OnnxGraph<FileValue>,
  { name = "ondelette", description }: ModelMetadata,
): void {
  for (const node of graph.nodes) message(writer, 1, (w) => writeNode(w, node));
  text(writer, 2, name);
  for (const tensor of graph.initializers) message(writer, 5, (w) => writeTensor(w, tensor));
  if (description) text(writer, 10, description);
  for (const value of graph.inputs) message(writer, 11, (w) => writeValueInfo(w, value));
  for (const value of graph.outputs) message(writer, 12, (w) => writeValueInfo(w, value));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const name of node.inputs) text(writer, 1, name);
  for (const name of node.outputs) text(writer, 2, name);
  if (node.name) text(writer, 3, node.name);
  text(writer, 4, node.type);
  for (const [name, value] of Object.entries(node.attributes)) {
    message(writer, 5, (w) => writeAttribute(w, name, value));
  }
  text(writer, 7, node.domain);
}

const attributeType = { float: 1, int: 2, string: 3, ints: 7 };

function writeAttribute(writer: BinaryWriter, name: string, value: OnnxAttribute): void {
  text(writer, 1, name);
  if (typeof value === "number") {
    int(writer, 3, value);
    int(writer, 20, attributeType.int);
  } else if (typeof value === "string") {
    text(writer, 4, value);
    int(writer, 20, attributeType.string);
  } else if ("float" in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    int(writer, 20, attributeType.float);
  } else {
    for (const item of value) int(writer, 8, item);
    int(writer, 20, attributeType.ints);
  }
}

function writeTensor(writer: BinaryWriter, tensor: Initializer): void {
  for (const length of tensor.shape) int(writer, 1, length);
  int(writer, 2, onnxType[tensor.dtype]);
  text(writer, 8, tensor.name);
  writer.tag(9, WireType.LengthDelimited).bytes(tensor.bytes);
}

function writeValueInfo(writer: BinaryWriter, value: FileValue): void {
  text(writer, 1, value.name);
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      int(tensor, 1, onnxType[value.dtype]);
      message(tensor, 2, (shape) => {
        for (const length of value.shape) {
          message(shape, 1, (dimension) =>
            typeof length === "number" ? int(dimension, 1, length) : text(dimension, 2, length),
          );
        }
      });
    }),
  );
  if (value.description) text(writer, 3, value.description);
}

function int(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function message(writer: BinaryWriter, field: number, write: (w: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}
