import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { chars } from "./chars.ts";
import { joinTokens } from "./joinTokens.ts";
import { documentOf, fileDocument, textOfFile, tokensOf } from "./testing.ts";

const fitOn = (...contents: (string | Uint8Array)[]) =>
  chars.fit(
    contents.map((content, i) => documentOf(content, `${i}.txt`)),
    {},
  );

describe("the kind chars", () => {
  it("has the characters of the training documents as its alphabet, by code point", async () => {
    const alphabet = await fitOn("cab", "é😀b\n");
    expect(alphabet).toEqual({ kind: "chars", characters: "\nabcé😀" });
    expect(chars.size(alphabet)).toBe(6);
    expect([...(await tokensOf(chars, alphabet, documentOf("a😀")))]).toEqual([1, 5]);
  });

  it("gives back what it reads, wherever the pieces part a character", async () => {
    const text = fc
      .string({ unit: "binary" })
      .filter((t) => /^[^\0\ufeff]/.test(t) && !t.includes("\0"));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (contents, piece) => {
        const document = documentOf(contents, "a", piece);
        const alphabet = await chars.fit([document], {});
        const tokens = await tokensOf(chars, alphabet, document);
        expect(tokens.length).toBe([...contents].length);
        expect(textOfFile(chars.decode(alphabet, tokens))).toBe(contents);
      }),
    );
  });

  it("leaves out a byte order mark", async () => {
    expect((await fitOn("\ufeffab")).characters).toBe("ab");
  });

  it("names a character that it does not know, and where it is", async () => {
    const alphabet = await fitOn("ab");
    const encoding = tokensOf(chars, alphabet, documentOf("abeé", "b.txt"));
    await expect(encoding).rejects.toThrow(
      new UserError("b.txt has the character “e” (U+0065), which is not in the training text"),
    );
    const prompt = () => chars.prompt!(alphabet, "a😀"); // This kind has prompts.
    expect(prompt).toThrow("the prompt has the character “😀” (U+1F600)");
  });

  it("passes over what is not text while it is fitted, and refuses where nothing is", async () => {
    const message = /1\.txt is not text in UTF-8 \(the kind “bytes” reads any file\)/;
    const latin1 = Uint8Array.of(0x61, 0xe9, 0x62);
    const cutShort = Uint8Array.of(0x61, 0xe2, 0x82);
    for (const bad of [latin1, cutShort, "a\0b"]) {
      const alphabet = await fitOn("ab", bad);
      expect(alphabet.characters).toBe("ab");
      const document = documentOf(bad, "1.txt");
      await expect(tokensOf(chars, alphabet, document)).rejects.toThrow(message);
      await expect(chars.fit([document], {})).rejects.toThrow(message);
    }
  });

  it("covers the characters of the documents for validation", async () => {
    const validation = [documentOf("éa"), documentOf(Uint8Array.of(0xff))];
    const alphabet = await chars.fit([documentOf("ba")], {}, validation);
    expect(alphabet.characters).toBe("abé");
  });

  it("leaves out a character that it does not know where it can say so", async () => {
    const alphabet = await fitOn("ab");
    const notices: string[] = [];
    const document = documentOf("aéb\u2028é", "b.txt");
    const encoded = chars.encode(alphabet, document, (notice) => notices.push(notice));
    expect([...(await joinTokens(encoded))]).toEqual([0, 1]);
    expect(notices).toEqual([
      "b.txt has 3 characters that are not in the training text and left out: “é” (U+00E9), U+2028",
    ]);
  });

  it("refuses to be fitted on nothing", async () => {
    await expect(fitOn("", "")).rejects.toThrow("there is no text to train on: all is empty");
  });

  it("refuses more characters than a token can say", async () => {
    const many = Array.from({ length: 65536 }, (_, i) => String.fromCodePoint(0x10000 + i));
    await expect(fitOn(many.join(""))).rejects.toThrow(
      "the text has more than 65535 different characters",
    );
  });
});

const data = "../shared/data";
const here = existsSync(data);
describe.skipIf(!here)(here ? "real text" : `skipped: ${data} is absent`, () => {
  it("of Shakespeare has 65 characters", async () => {
    const document = fileDocument(`${data}/tinyshakespeare.txt`);
    const alphabet = await chars.fit([document], {});
    expect(chars.size(alphabet)).toBe(65);
    expect((await tokensOf(chars, alphabet, document)).length).toBe(1_115_394);
  });

  it("of text27 has 27", async () => {
    const document = fileDocument(`${data}/text27/valid.txt`);
    const alphabet = await chars.fit([document], {});
    expect(alphabet.characters).toBe(" abcdefghijklmnopqrstuvwxyz");
    const tokens = await tokensOf(chars, alphabet, document);
    expect(tokens.length).toBe(451_887);
  });
});
