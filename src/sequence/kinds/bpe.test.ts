import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { Tiktoken } from "js-tiktoken/lite";
import gpt2 from "js-tiktoken/ranks/gpt2";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { bpe } from "./bpe.ts";
import type { BpeAlphabet } from "./bpeAlphabet.ts";
import { documentOf, fileDocument, textOfFile, tokensOf } from "./testing.ts";

/** The text of each token. */
function tokenTexts(alphabet: BpeAlphabet, tokens: Uint16Array): string[] {
  return Array.from(tokens, (token) => textOfFile(bpe.decode(alphabet, Uint16Array.of(token))));
}

const sentence = "The wavelets were there, weren't they?\n\n  They're gone: 1999 of them.";

describe("the kind bpe", () => {
  it("cuts text as GPT-2 does", async () => {
    const alphabet = await bpe.fit([documentOf(sentence)], {});
    const tokens = tokenTexts(alphabet, await tokensOf(bpe, alphabet, documentOf(sentence)));
    expect(tokens.slice(0, 10)).toEqual([
      "The",
      " wave",
      "lets",
      " were",
      " there",
      ",",
      " weren",
      "'t",
      " they",
      "?",
    ]);
    const library = new Tiktoken(gpt2);
    expect(tokens).toEqual(library.encode(sentence).map((token) => library.decode([token])));
  });

  it("cuts a long text as if it were whole", async () => {
    const word = fc.constantFrom(
      "wave",
      "Lets",
      "\n",
      "\n\n",
      " ",
      "  ",
      "42",
      "...",
      "é",
      "n't",
      " ",
    );
    const library = new Tiktoken(gpt2);
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 5000, maxLength: 9000, size: "max" }),
        async (words) => {
          const text = words.join("");
          fc.pre(!/\S{128}|\s{128}/.test(text));
          const document = documentOf(text, "a", 1000);
          const alphabet = await bpe.fit([document], {});
          const tokens = await tokensOf(bpe, alphabet, document);
          expect(tokens.length).toBe(library.encode(text).length);
          expect(textOfFile(bpe.decode(alphabet, tokens))).toBe(text);
        },
      ),
      { numRuns: 5 },
    );
  });

  it("keeps only the tokens that the training documents need", async () => {
    const alphabet = await bpe.fit([documentOf("wavelets")], {});
    const joined = Array.from({ length: bpe.size(alphabet) }, (_, token) => token).slice(256);
    expect(tokenTexts(alphabet, Uint16Array.from(joined))).toEqual([
      "le",
      "ve",
      "ts",
      "ave",
      "lets",
      "wave",
    ]);
  });

  it("gives back any text, whatever it was fitted on", async () => {
    const alphabet = await bpe.fit([documentOf(sentence)], {});
    const text = fc.string({ unit: "binary" }).filter((t) => !/^\ufeff|\0/.test(t));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (contents, piece) => {
        const tokens = await tokensOf(bpe, alphabet, documentOf(contents, "a", piece));
        expect(textOfFile(bpe.decode(alphabet, tokens))).toBe(contents);
        expect(bpe.prompt!(alphabet, contents)).toEqual(tokens); // This kind has prompts.
      }),
    );
  });

  it("takes a text without a single space in good time", async () => {
    const alphabet = await bpe.fit([documentOf("acgt")], {});
    for (const text of ["acgt".repeat(10_000), "\n".repeat(20_000), "é".repeat(9000)]) {
      const tokens = await tokensOf(bpe, alphabet, documentOf(text, "genome", 5000));
      expect(textOfFile(bpe.decode(alphabet, tokens))).toBe(text);
    }
  });

  it("refuses what is not text, and to be fitted on nothing", async () => {
    const binary = documentOf(Uint8Array.of(0xff, 0xfe), "a.bin");
    await expect(bpe.fit([binary], {})).rejects.toThrow("a.bin is not text in UTF-8");
    await expect(bpe.fit([documentOf("")], {})).rejects.toThrow("no text to train on");
  });
});

describe("a tokenizer file", () => {
  /** Fits on "abab ab", with a tokenizer file of the given contents. */
  async function fitWith(contents: string) {
    const path = join(await temporaryFolder(), "tokenizer");
    await writeFile(path, contents);
    return bpe.fit([documentOf("abab ab")], { tokenizer: path });
  }
  const tokensWith = async (contents: string) => {
    const alphabet = await fitWith(contents);
    return tokenTexts(alphabet, await tokensOf(bpe, alphabet, documentOf("abab ab")));
  };
  const json = (merges: unknown, preTokenizer: unknown = { type: "ByteLevel" }) =>
    JSON.stringify({ model: { type: "BPE", merges }, pre_tokenizer: preTokenizer });

  it("may be a tokenizer.json, its merges written in either way", async () => {
    const expected = ["ab", "ab", " ab"];
    expect(await tokensWith(json(["a b", "Ġ ab"]))).toEqual(expected);
    expect(
      await tokensWith(
        json([
          ["a", "b"],
          ["Ġ", "ab"],
        ]),
      ),
    ).toEqual(expected);
  });

  it("may bring a pattern of its own", async () => {
    const split = { type: "Split", pattern: { Regex: "a|b+" }, behavior: "Isolated" };
    const steps = [split, { type: "ByteLevel", use_regex: false }];
    const cut = await tokensWith(json(["a b"], { type: "Sequence", pretokenizers: steps }));
    expect(cut).toEqual([..."abab ab"]);
  });

  it("may be a list of tiktoken's ranks", async () => {
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    expect(await tokensWith(`${base64("ab")} 0\n${base64("abab")} 1\n`)).toEqual([
      "abab",
      " ",
      "ab",
    ]);
  });

  it("cuts what its pattern does not match into words too", async () => {
    const split = { type: "Split", pattern: { Regex: " " }, behavior: "Isolated" };
    const steps = [split, { type: "ByteLevel", use_regex: false }];
    const sequence = { type: "Sequence", pretokenizers: steps };
    expect(await tokensWith(json(["a b", "Ġ ab"], sequence))).toEqual(["ab", "ab", " ", "ab"]);
  });

  it("may normalize the text", async () => {
    const contents = JSON.stringify({
      model: { type: "BPE", merges: ["Ã ©"] },
      normalizer: { type: "Sequence", normalizers: [{ type: "NFC" }] },
      pre_tokenizer: { type: "ByteLevel" },
    });
    const alphabet = await fitWith(contents);
    const tokens = await tokensOf(bpe, alphabet, documentOf("e\u0301", "a", 2));
    expect(textOfFile(bpe.decode(alphabet, tokens))).toBe("\u00e9");
    expect(bpe.prompt!(alphabet, "e\u0301")).toEqual(tokens); // bpe has prompts
  });

  describe("with a part that cannot be followed is refused, and the part is named:", () => {
    const byteLevel = { type: "ByteLevel" };
    const withSplit = (split: object) => ({
      pre_tokenizer: {
        type: "Sequence",
        pretokenizers: [
          { type: "Split", pattern: { Regex: " " }, ...split },
          { ...byteLevel, use_regex: false },
        ],
      },
    });
    it.each<[string, object, RegExp]>([
      ["word endings", { model: { end_of_word_suffix: "</w>" } }, /end_of_word_suffix/],
      ["word parts", { model: { continuing_subword_prefix: "##" } }, /continuing_subword_prefix/],
      ["dropout", { model: { dropout: 0.1 } }, /dropout/],
      ["bytes as a fallback", { model: { byte_fallback: true } }, /byte_fallback/],
      ["lower case", { normalizer: { type: "Lowercase" } }, /changes text by Lowercase/],
      [
        "two normalizers",
        { normalizer: { type: "Sequence", normalizers: [{ type: "NFC" }, { type: "Strip" }] } },
        /changes text by NFC, Strip/,
      ],
      ["removed spaces", withSplit({ behavior: "Removed" }), /with the behavior Removed/],
      ["joined spaces", withSplit({ behavior: "MergedWithPrevious" }), /MergedWithPrevious/],
      [
        "a text to split at",
        withSplit({ behavior: "Isolated", pattern: { String: " " } }),
        /not a regular expression/,
      ],
      [
        "a space before the text",
        { pre_tokenizer: { ...byteLevel, add_prefix_space: true } },
        /puts a space before every text/,
      ],
      [
        "another way to cut",
        { pre_tokenizer: { type: "Sequence", pretokenizers: [{ type: "Digits" }, byteLevel] } },
        /cuts words by Digits/,
      ],
      [
        "two patterns",
        {
          pre_tokenizer: {
            type: "Sequence",
            pretokenizers: [
              { type: "Split", pattern: { Regex: "a" }, behavior: "Isolated" },
              byteLevel,
            ],
          },
        },
        /cuts words by 2 patterns/,
      ],
      [
        "a reference back",
        withSplit({ behavior: "Isolated", pattern: { Regex: "(a)\\1" } }),
        /pattern/,
      ],
    ])("%s", async (_, { model, ...others }: { model?: object }, message) => {
      const contents = JSON.stringify({
        model: { type: "BPE", merges: ["a b"], ...model },
        pre_tokenizer: byteLevel,
        ...others,
      });
      await expect(fitWith(contents)).rejects.toThrow(UserError);
      await expect(fitWith(contents)).rejects.toThrow(message);
    });
  });

  it("that is anything else is refused", async () => {
    const refusal =
      /is neither a tokenizer.json with byte-level BPE nor a list of tiktoken's ranks/;
    const wordPiece = JSON.stringify({ model: { type: "WordPiece", vocab: {} } });
    const others = ["", "hello", "{", "{}", wordPiece, json(["a b"], null), json(["a €"]), json(7)];
    for (const contents of others) await expect(fitWith(contents)).rejects.toThrow(refusal);
    const strange = { type: "Split", pattern: { Regex: "a++" }, behavior: "Isolated" };
    const steps = [strange, { type: "ByteLevel", use_regex: false }];
    const sequence = { type: "Sequence", pretokenizers: steps };
    await expect(fitWith(json(["a b"], sequence))).rejects.toThrow(
      /is not supported: JavaScript cannot follow the pattern that cuts its words/,
    );
    await expect(bpe.fit([], { tokenizer: "no/such" })).rejects.toThrow(
      "the tokenizer no/such cannot be read (ENOENT)",
    );
  });
});

const shakespeare = "../shared/data/tinyshakespeare.txt";
const here = existsSync(shakespeare);
describe.skipIf(!here)(here ? "real text" : `skipped: ${shakespeare} is absent`, () => {
  it("has as many tokens as others count with GPT-2's tokenizer", async () => {
    const document = fileDocument(shakespeare);
    const alphabet = await bpe.fit([document], {});
    expect((await tokensOf(bpe, alphabet, document)).length).toBe(338_025);
    expect(bpe.size(alphabet)).toBeLessThan(14_000);
  });
});
