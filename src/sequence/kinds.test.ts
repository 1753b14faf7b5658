import { describe, expect, it } from "vitest";
import { encodeMidi } from "../data/formats/midi.ts";
import { encodeWav } from "../data/formats/wav.ts";
import type { Alphabet, Kind } from "./kind.ts";
import type { KindName } from "./kinds/alphabets.ts";
import { joinTokens } from "./kinds/joinTokens.ts";
import { documentOf } from "./kinds/testing.ts";
import { fitKind, kindNames, openKind } from "./kinds.ts";

/** A document of each kind. */
const documents: Readonly<Record<KindName, string | Uint8Array>> = {
  chars: "Wellen und Wellchen, 波",
  bytes: Uint8Array.of(0, 255, 128),
  bpe: "Wellen und Wellchen, 波",
  audio: encodeWav({ rate: 8000, samples: Float32Array.of(0, 0.5, -0.5) }),
  midi: encodeMidi([{ start: 0, end: 1, pitch: 60, velocity: 66 }]),
};

describe.each(kindNames)("the kind %s", (name) => {
  const fitOn = async () => openKind(await fitKind(name, [documentOf(documents[name])], {}));

  it("has an alphabet that JSON keeps, and opens by it", async () => {
    const kind = await fitOn();
    expect(kind.name).toBe(name);
    expect(JSON.parse(JSON.stringify(kind.alphabet))).toEqual(kind.alphabet);
    expect(kind.size).toBeGreaterThan(0);
    expect(kind.ending).toMatch(/^\.\w+$/);
    // What it makes it can read.
    expect(kind.reads.length === 0 || kind.reads.includes(kind.ending)).toBe(true);
  });

  it("says tokens below its size, and a file that says them again", async () => {
    const kind = await fitOn();
    const tokensOf = (contents: string | Uint8Array) =>
      joinTokens(kind.encode(documentOf(contents)));
    const tokens = await tokensOf(documents[name]);
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.every((token) => token < kind.size)).toBe(true);
    expect(await tokensOf(kind.decode(tokens))).toEqual(tokens);
  });

  it("decodes no tokens to a file", async () => {
    const kind = await fitOn();
    expect(kind.decode(new Uint16Array(0))).toBeInstanceOf(Uint8Array);
  });

  it("has a prompt exactly if it is of text", async () => {
    const { prompt } = await fitOn();
    expect(prompt !== undefined).toBe(["chars", "bytes", "bpe"].includes(name));
  });
});

describe("a kind of one's own", () => {
  interface Dna extends Alphabet {
    readonly kind: "dna";
    readonly letters: string;
  }
  const dna: Kind<Dna> = {
    unit: "base",
    ending: ".txt",
    reads: [".dna"],
    fit: async () => ({ kind: "dna", letters: "ACGT" }),
    size: ({ letters }) => letters.length,
    async *encode({ letters }, document) {
      for await (const bytes of document.bytes()) {
        yield Uint16Array.from(bytes, (byte) => letters.indexOf(String.fromCharCode(byte)));
      }
    },
    decode: ({ letters }, tokens) =>
      new TextEncoder().encode(Array.from(tokens, (token) => letters[token]).join("")),
    prompt: (alphabet, text) => Uint16Array.from(text, (base) => alphabet.letters.indexOf(base)),
  };

  it("is accepted where a name is", async () => {
    const document = documentOf("GATTACA");
    const alphabet = await fitKind(dna, [document], {});
    const kind = openKind(JSON.parse(JSON.stringify(alphabet)), dna);
    expect([kind.name, kind.size, kind.unit]).toEqual(["dna", 4, "base"]);
    const tokens = await joinTokens(kind.encode(document));
    expect([...tokens]).toEqual([2, 0, 3, 3, 0, 1, 0]);
    expect(new TextDecoder().decode(kind.decode(tokens))).toBe("GATTACA");
    expect([...kind.prompt!("AC")]).toEqual([0, 1]); // dna has prompts
  });

  it("is asked for where its alphabet is opened without it", () => {
    expect(() => openKind({ kind: "dna" })).toThrow(
      "the alphabet is of the kind “dna”, which is not built in (chars, bytes, bpe, audio, midi are)",
    );
    expect(() => openKind({ kind: "toString" })).toThrow("“toString”, which is not built in");
  });
});
