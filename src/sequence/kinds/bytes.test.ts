import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes } from "./bytes.ts";
import { documentOf, textOfFile, tokensOf } from "./testing.ts";

const alphabet = { kind: "bytes" } as const;

describe("the kind bytes", () => {
  it("takes any file, and gives it back", async () => {
    const piece = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), piece, async (contents, length) => {
        const tokens = await tokensOf(bytes, alphabet, documentOf(contents, "a", length));
        expect(bytes.decode(alphabet, tokens)).toEqual(contents);
      }),
    );
  });

  it("has 256 symbols, whatever the documents", async () => {
    expect(bytes.size(await bytes.fit([documentOf("ab")], {}))).toBe(256);
  });

  it("reads a prompt as UTF-8", () => {
    const tokens = bytes.prompt!(alphabet, "né"); // This kind has prompts.
    expect([...tokens]).toEqual([0x6e, 0xc3, 0xa9]);
    expect(textOfFile(bytes.decode(alphabet, tokens))).toBe("né");
  });
});
