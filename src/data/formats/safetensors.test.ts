import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type Safetensors,
  type StoredTensor,
} from "./safetensors.ts";
import { readSafetensors, writeSafetensors } from "./safetensorsFile.ts";

const encode = (content: Safetensors) => new Uint8Array(Buffer.concat(encodeSafetensors(content)));
const decode = (bytes: Uint8Array) => decodeSafetensors(bytes, "model.safetensors");

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });
const tensor = fc
  .tuple(shape, fc.constantFrom("F32", "F64", "I16", "I32", "I64", "U8"))
  .map(([dimensions, type]): StoredTensor => {
    const size = dimensions.reduce((product, n) => product * n, 1);
    const values = Array.from({ length: size }, (_, i) => i * 3 + 1);
    const make = {
      F32: () => new Float32Array(values),
      F64: () => new Float64Array(values),
      I32: () => new Int32Array(values),
      I16: () => new Int16Array(values),
      I64: () => new BigInt64Array(values.map(BigInt)),
      U8: () => new Uint8Array(values),
    };
    return { shape: dimensions, data: make[type]() };
  });
// Names that a JavaScript object would lose or reorder are names like any other.
const name = fc.oneof(fc.string(), fc.constantFrom("7", "__proto__", "constructor", "ünï"));
const content = fc.record({
  tensors: fc.array(fc.tuple(name, tensor)).map((entries) => new Map(entries)),
  metadata: fc.constant({ step: "12", note: "“quoted”" }),
});

describe("safetensors", () => {
  it("reads back what was written", () => {
    fc.assert(
      fc.property(content, (written) => {
        const read = decode(encode(written));
        expect(read.metadata).toEqual(written.metadata);
        expect(new Map([...read.tensors].sort())).toEqual(new Map([...written.tensors].sort()));
      }),
    );
  });

  it("lays every array at a multiple of its element size", () => {
    fc.assert(
      fc.property(content, (written) => {
        const [header, ...bodies] = encodeSafetensors(written);
        expect(header!.length % 8).toBe(0);
        const sizes = [...written.tensors.values()].map(({ data }) => data.BYTES_PER_ELEMENT);
        expect(bodies).toHaveLength(sizes.length);
      }),
    );
  });

  it("writes the bytes the format prescribes", () => {
    const bytes = encode({
      tensors: new Map([["a", { shape: [2], data: Int32Array.of(1, 2) }]]),
      metadata: {},
    });
    const json = '{"__metadata__":{},"a":{"dtype":"I32","shape":[2],"data_offsets":[0,8]}}';
    const padded = json.padEnd(Math.ceil(json.length / 8) * 8);
    expect(Buffer.from(bytes).toString("latin1")).toBe(
      `${String.fromCharCode(padded.length)}${"\0".repeat(7)}${padded}\x01\0\0\0\x02\0\0\0`,
    );
  });

  it("goes through a file", async () => {
    const path = join(await temporaryFolder(), "a.safetensors");
    const tensors = new Map([["w", { shape: [1], data: Float32Array.of(0.5) }]]);
    await writeSafetensors(path, { tensors, metadata: {} });
    expect((await readSafetensors(path)).tensors).toEqual(tensors);
  });

  it("refuses a shape that is not the data's", () => {
    const tensors = new Map([["w", { shape: [2], data: Float32Array.of(1) }]]);
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow(RangeError);
  });
});

describe("a damaged file", () => {
  const whole = encode({
    tensors: new Map([
      ["a", { shape: [2], data: Float32Array.of(1, 2) }],
      ["b", { shape: [1], data: Float64Array.of(3) }],
    ]),
    metadata: {},
  });
  const withHeader = (header: unknown, body = 0) => {
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return new Uint8Array(Buffer.concat([length, json, Buffer.alloc(body)]));
  };

  it("cut anywhere is a UserError", () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => decode(whole.subarray(0, length))).toThrow(UserError);
    }
  });

  it("with any byte changed is a UserError or still a file, never a crash", () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const bytes = whole.slice();
        bytes[at] = value;
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["its header is not JSON", withHeader([])],
    ["its metadata are not strings", withHeader({ __metadata__: { a: 1 } })],
    ["malformed", withHeader({ a: { dtype: "F32", shape: [-1], data_offsets: [0, 4] } })],
    ["unknown type", withHeader({ a: { dtype: "F8", shape: [1], data_offsets: [0, 1] } }, 1)],
    ["does not match", withHeader({ a: { dtype: "U8", shape: [2], data_offsets: [0, 1] } }, 1)],
    ["does not begin", withHeader({ a: { dtype: "U8", shape: [1], data_offsets: [1, 2] } }, 2)],
    ["“a” is cut short", withHeader({ a: { dtype: "U8", shape: [9], data_offsets: [0, 9] } }, 1)],
    ["3 bytes belong to no tensor", withHeader({}, 3)],
  ])("says why: %s", (reason, bytes) => {
    expect(() => decode(bytes)).toThrow(/^model.safetensors is not a whole safetensors file: /);
    expect(() => decode(bytes)).toThrow(reason);
  });
});
