import fc from "fast-check";
import { expect, it } from "vitest";
import { byteReader } from "./byteReader.ts";

async function* inPieces(...pieces: readonly Uint8Array[]) {
  yield* pieces;
}

it("portions do not depend on the pieces that the bytes come in", async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
  const counts = fc.array(fc.nat(12));
  await fc.assert(
    fc.asyncProperty(pieces, counts, async (given, portions) => {
      const reader = byteReader(inPieces(...given));
      const whole = Buffer.concat(given);
      let at = 0;
      for (const [i, count] of portions.entries()) {
        const expected = whole.subarray(at, at + count);
        if (i % 2 === 0) expect(Buffer.from(await reader.take(count))).toEqual(expected);
        else expect(await reader.skip(count)).toBe(expected.length);
        at += count;
      }
    }),
  );
});

it("a source that is not wanted any more is let go", async () => {
  let open = true;
  async function* source() {
    try {
      yield Uint8Array.of(1, 2);
      yield Uint8Array.of(3);
    } finally {
      open = false;
    }
  }
  const reader = byteReader(source());
  await reader.take(1);
  expect(open).toBe(true);
  await reader.close();
  expect(open).toBe(false);
});
