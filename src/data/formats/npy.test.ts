import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { decodeNpy, encodeNpy, type NpyArray, type NpyData, type NpyLayout } from "./npy.ts";
import { readNpy, writeNpy } from "./npyFile.ts";

/** A file with this header and body, whatever they say. */
function fileOf(header: string, body: Uint8Array = Buffer.alloc(0), version = 1): Buffer {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(header.length);
  else length.writeUInt32LE(header.length);
  const mark = Buffer.from("\x93NUMPY", "latin1");
  return Buffer.concat([mark, Buffer.of(version, 0), length, Buffer.from(header), body]);
}

const headerOf = (descr: string, shape: string, fortran = "False") =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;

/** Any array of up to four axes. */
const arrays: fc.Arbitrary<NpyArray> = fc.array(fc.nat(3), { maxLength: 4 }).chain((shape) => {
  const count = shape.reduce((a, b) => a * b, 1);
  const exactly = { minLength: count, maxLength: count };
  const data: fc.Arbitrary<NpyData> = fc.oneof(
    fc.uint8Array(exactly),
    fc.int8Array(exactly),
    fc.uint16Array(exactly),
    fc.int16Array(exactly),
    fc.uint32Array(exactly),
    fc.int32Array(exactly),
    fc.float32Array(exactly),
    fc.float64Array(exactly),
  );
  return data.map((values) => ({ shape, data: values }));
});

const layouts: fc.Arbitrary<NpyLayout> = fc.record({
  version: fc.constantFrom(1, 2, 3),
  bigEndian: fc.boolean(),
  fortranOrder: fc.boolean(),
});

describe("an NPY file", () => {
  it("gives back every array, whatever its layout and wherever its bytes lie", () => {
    fc.assert(
      fc.property(arrays, layouts, fc.nat(7), (array, layout, offset) => {
        const file = encodeNpy(array, layout);
        const moved = new Uint8Array(offset + file.length);
        moved.set(file, offset);
        expect(decodeNpy(moved.subarray(offset), "a.npy")).toEqual(array);
      }),
    );
  });

  it("of NumPy is read: big endian, by columns", () => {
    // python3 -c "import numpy as np; np.save('a.npy', np.asfortranarray(np.array([[1,-2,3],[4,5,-600]],'>i2')))"
    const text = "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }";
    const start = Buffer.from("934e554d505901007600", "hex");
    const body = Buffer.from("00010004fffe00050003fda8", "hex");
    const file = Buffer.concat([start, Buffer.from(`${text.padEnd(117)}\n`), body]);
    const array = { shape: [2, 3], data: Int16Array.of(1, -2, 3, 4, 5, -600) };
    expect(decodeNpy(file, "a.npy")).toEqual(array);
    expect(Buffer.from(encodeNpy(array, { bigEndian: true, fortranOrder: true }))).toEqual(file);
  });

  it("has the values of a column one after another in Fortran order", () => {
    const array = { shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect([...encodeNpy(array, { fortranOrder: true }).slice(-6)]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it("may have its header's fields in any order and any quotes, and Python 2's long numbers", () => {
    const header = `{"shape":(2L,) , 'fortran_order':False,"descr":'|u1'}\n`;
    expect(decodeNpy(fileOf(header, Buffer.of(7, 8)), "a.npy")).toEqual({
      shape: [2],
      data: Uint8Array.of(7, 8),
    });
  });

  it("that is none is refused by name, with the reason", () => {
    const one = headerOf("'|u1'", "(1,)");
    const refusals: [Uint8Array, string][] = [
      [Buffer.from("hello"), "a.npy is not a whole NPY file: it does not begin with NumPy's mark"],
      [fileOf(one, undefined, 4), "a.npy is an NPY file of version 4; 1, 2 and 3 are read"],
      [
        fileOf(headerOf("'<f4'", "(2, 3)"), Buffer.alloc(20)),
        "a.npy is not a whole NPY file: 2×3 values need more than its 20 bytes of data",
      ],
      [fileOf(one, Buffer.alloc(3)), "a.npy is not a whole NPY file: 2 bytes follow its 1 values"],
      [
        fileOf(headerOf("'<f8'", "(99999999999, 99999999999)")),
        "a.npy is not a whole NPY file: 99999999999×99999999999 values need more than its 0 bytes of data",
      ],
      [
        fileOf(headerOf("'<c8'", "(1,)")),
        'a.npy holds elements of type “c8”; arrays of u1, i1, u2, i2, u4, i4, f4, f8 are read, so save it with .astype("float32")',
      ],
      [
        fileOf(headerOf("[('a', '<f4')]", "(1,)")),
        'a.npy holds records; arrays of u1, i1, u2, i2, u4, i4, f4, f8 are read, so save it with .astype("float32")',
      ],
    ];
    for (const [file, message] of refusals) {
      expect(() => decodeNpy(file, "a.npy")).toThrow(message);
    }
  });

  it("with a header that says too little, too much or the wrong thing is refused", () => {
    const headers = [
      "",
      "{}",
      "[1]",
      "{'descr': '|u1', 'shape': (1,), }",
      `${headerOf("'|u1'", "(1,)")}}`,
      headerOf("'|u1'", "(1,)").replace("{", "{'more': True, "),
      headerOf("'|u1'", "(1,)").replace("{", "{'descr': '<f4', "),
      headerOf("'|u1'", "(,)"),
      headerOf("'|u1'", "(1,,)"),
      headerOf("'|u1'", "(-1,)"),
      headerOf("'|u1'", "1"),
      headerOf("True", "(1,)"),
      headerOf("'|u1'", "(1,)", "'no'"),
      headerOf("'!u1'", "(1,)"),
    ];
    for (const header of headers) {
      expect(() => decodeNpy(fileOf(header, Buffer.of(1)), "a.npy"), header).toThrow(
        new UserError(
          "a.npy is not a whole NPY file: its header cannot be understood",
          "damaged-file",
        ),
      );
    }
  });

  it("cut short anywhere is a clear error, never a crash", () => {
    for (const version of [1, 2] as const) {
      const whole = encodeNpy({ shape: [2], data: Float32Array.of(1, 2) }, { version });
      for (let length = 0; length < whole.length; length++) {
        expect(() => decodeNpy(whole.subarray(0, length), "a.npy")).toThrow(UserError);
      }
    }
  });

  it("damaged in any byte is read or refused, never a crash", () => {
    const whole = encodeNpy({ shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const file = Uint8Array.from(whole);
        file[at] = value;
        try {
          decodeNpy(file, "a.npy");
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });

  it("is written and read back, and named where it is damaged", async () => {
    const path = join(await temporaryFolder(), "a.npy");
    const array = { shape: [3], data: Float64Array.of(0.1, Number.NaN, -0) };
    await writeNpy(path, array);
    expect(await readNpy(path)).toEqual(array);
    await writeFile(path, "no");
    await expect(readNpy(path)).rejects.toThrow(`${path} is not a whole NPY file`);
  });

  it("of a shape that its values do not have is not written", () => {
    expect(() => encodeNpy({ shape: [3], data: Uint8Array.of(1) })).toThrow(RangeError);
  });
});
