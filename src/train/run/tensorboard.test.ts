import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  create,
  createFileRegistry,
  type DescMessage,
  fromBinary,
  toJson,
} from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { openEventFile } from "./tensorboard.ts";

/** TensorFlow's event.proto and summary.proto, as far as scalars go, declared anew for the public protobuf library. */
function eventSchema(): DescMessage {
  const field = (
    name: string,
    number: number,
    type: Type,
    typeName?: string,
    label = Label.OPTIONAL,
  ) => ({
    name,
    jsonName: name.replace(/_./, ([, letter = ""]) => letter.toUpperCase()),
    number,
    type,
    label,
    ...(typeName && { typeName: `.tensorflow.${typeName}` }),
  });
  const file = create(FileDescriptorProtoSchema, {
    name: "event.proto",
    package: "tensorflow",
    syntax: "proto3",
    messageType: [
      {
        name: "Event",
        field: [
          field("wall_time", 1, Type.DOUBLE),
          field("step", 2, Type.INT64),
          field("file_version", 3, Type.STRING),
          field("summary", 5, Type.MESSAGE, "Summary"),
          field("session_log", 7, Type.MESSAGE, "SessionLog"),
        ],
      },
      {
        name: "Summary",
        field: [field("value", 1, Type.MESSAGE, "Value", Label.REPEATED)],
      },
      {
        name: "Value",
        field: [field("tag", 1, Type.STRING), field("simple_value", 2, Type.FLOAT)],
      },
      { name: "SessionLog", field: [field("status", 1, Type.INT32)] },
    ],
  });
  const schema = createFileRegistry(file, () => undefined).getMessage("tensorflow.Event");
  if (schema === undefined) throw new Error("Event is not declared");
  return schema;
}

/** CRC-32C bit by bit, from its definition: x^32 + 0x1edc6f41, bits of a byte from the lowest. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const input = (BigInt(byte) >> BigInt(bit)) & 1n;
      const out = (crc >> 31n) & 1n;
      crc = (crc << 1n) & 0xffffffffn;
      if (input !== out) crc ^= 0x1edc6f41n;
    }
  }
  const reversed = [...crc.toString(2).padStart(32, "0")].reverse().join("");
  return Number(BigInt(`0b${reversed}`) ^ 0xffffffffn);
}

const unmask = (masked: number) => {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
};

/** The events of a file, after its checksums were compared. */
async function eventsOf(path: string) {
  const bytes = await readFile(path);
  const schema = eventSchema();
  const events = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(unmask(bytes.readUInt32LE(at + 8))).toBe(checksum(bytes.subarray(at, at + 8)));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(unmask(bytes.readUInt32LE(at + 12 + length))).toBe(checksum(data));
    events.push(toJson(schema, fromBinary(schema, data)));
    at += 12 + length + 4;
  }
  return events;
}

const now = () => 1_700_000_000_500;

describe("openEventFile", () => {
  it("writes what the public protobuf library reads as events of scalars, with right checksums", async () => {
    expect(checksum(Buffer.from("123456789"))).toBe(0xe3069283); // the published check value of CRC-32C
    const folder = join(await temporaryFolder(), "logs");
    await using events = await openEventFile(folder, { now });
    await events.scalar("loss/train", 10, 0.25);
    await events.scalar("perplexité", 2 ** 40, -1e300, 1_700_000_001_000);
    await events.close();
    expect(await eventsOf(events.path)).toEqual([
      { wallTime: 1_700_000_000.5, fileVersion: "brain.Event:2" },
      {
        wallTime: 1_700_000_000.5,
        step: "10",
        summary: { value: [{ tag: "loss/train", simpleValue: 0.25 }] },
      },
      {
        wallTime: 1_700_000_001,
        step: String(2 ** 40),
        summary: { value: [{ tag: "perplexité", simpleValue: "-Infinity" }] },
      },
    ]);
  });

  it("keeps values that are not numbers", async () => {
    await using events = await openEventFile(await temporaryFolder(), { now });
    await events.scalar("loss", 1, Number.NaN);
    expect((await eventsOf(events.path))[1]).toMatchObject({
      summary: { value: [{ simpleValue: "NaN" }] },
    });
  });

  it("is a file of its own where a training is resumed, and tells which steps are repeated", async () => {
    const folder = await temporaryFolder();
    const first = await openEventFile(folder, { now });
    await first.scalar("loss", 30, 1);
    await first.close();
    const before = await readFile(first.path);
    const second = await openEventFile(folder, { now, after: 20 });
    await second.scalar("loss", 21, 2);
    await second.close();
    expect((await readdir(folder)).sort()).toEqual([basename(first.path), basename(second.path)]);
    expect(basename(first.path)).toBe("events.out.tfevents.1700000000.ondelette.0");
    expect(await readFile(first.path)).toEqual(before);
    expect((await eventsOf(second.path)).slice(1)).toEqual([
      { wallTime: 1_700_000_000.5, step: "21", sessionLog: { status: 1 } },
      {
        wallTime: 1_700_000_000.5,
        step: "21",
        summary: { value: [{ tag: "loss", simpleValue: 2 }] },
      },
    ]);
  });

  it("writes records one after the other, however they are asked for", async () => {
    await using events = await openEventFile(await temporaryFolder(), { now });
    await Promise.all(Array.from({ length: 50 }, (_, i) => events.scalar("a", i + 1, i)));
    const steps = (await eventsOf(events.path)).slice(1).map((event) => Object(event).step);
    expect(steps).toEqual(Array.from({ length: 50 }, (_, i) => String(i + 1)));
  });
});
