import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { encodeIdx, parseIdx } from "./idx.ts";
import { readIdx } from "./idxFile.ts";

const array = fc
  .array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 })
  .chain((shape) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return fc.record({
      shape: fc.constant(shape),
      data: fc.uint8Array({ minLength: size, maxLength: size }),
    });
  });

describe("an IDX file", () => {
  it("reads back what was written", () => {
    fc.assert(
      fc.property(array, (idx) => {
        expect(parseIdx(encodeIdx(idx), "a")).toEqual(idx);
      }),
    );
  });

  it("may be compressed, whatever its name", async () => {
    const path = join(await temporaryFolder(), "images");
    const idx = { shape: [2], data: Uint8Array.of(1, 2) };
    await writeFile(path, gzipSync(encodeIdx(idx)));
    expect(await readIdx(path)).toEqual(idx);
  });

  it("damaged anywhere is a clear error, never a crash", async () => {
    const path = join(await temporaryFolder(), "images.gz");
    const whole = encodeIdx({ shape: [2, 3], data: new Uint8Array(6) });
    for (let length = 0; length < whole.length; length++) {
      expect(() => parseIdx(whole.subarray(0, length), "x")).toThrow(UserError);
    }
    await writeFile(path, gzipSync(whole).subarray(0, 20));
    await expect(readIdx(path)).rejects.toThrow(/images.gz is a damaged gzip file/);
    const parse = (bytes: Uint8Array) => () => parseIdx(bytes, "digits");
    expect(parse(Buffer.from("hello, world"))).toThrow(
      "digits is not an IDX file: its first four bytes are not an IDX magic number",
    );
    expect(parse(whole.subarray(0, 15))).toThrow(
      "digits is cut short: 2×3 makes 6 bytes, but 3 follow the header",
    );
    expect(parse(Buffer.concat([whole, whole]))).toThrow("digits is longer than its header says");
    expect(parse(Uint8Array.of(0, 0, 0x0d, 1))).toThrow("not unsigned bytes");
  });
});
