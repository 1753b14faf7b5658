import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeWav } from "../../data/formats/wav.ts";
import { UserError } from "../../errors/userError.ts";
import { audio } from "./audio.ts";
import { documentOf, fileDocument, tokensOf } from "./testing.ts";

const sound = (rate: number, ...samples: number[]) =>
  encodeWav({ rate, samples: Float32Array.from(samples) });

describe("the kind audio", () => {
  it("takes the rate from the training documents, and µ-law unless told", async () => {
    const documents = [documentOf(sound(8000, 0)), documentOf(sound(8000))];
    expect(await audio.fit(documents, {})).toEqual({ kind: "audio", rate: 8000, law: "mu" });
    const linear = { kind: "audio", rate: 8000, law: "linear" } as const;
    expect(await audio.fit(documents, { law: "linear" })).toEqual(linear);
    expect(audio.size(linear)).toBe(256);
  });

  it("has 128 for silence, by either law", async () => {
    const document = documentOf(sound(8000, 0, -1, 1));
    for (const law of ["mu", "linear"] as const) {
      const tokens = await tokensOf(audio, { kind: "audio", rate: 8000, law }, document);
      expect([...tokens]).toEqual([128, 0, 255]);
    }
  });

  it("makes files that say the same tokens again", async () => {
    const tokens = fc.uint8Array().map((levels) => Uint16Array.from(levels));
    await fc.assert(
      fc.asyncProperty(tokens, fc.constantFrom("mu", "linear"), async (given, law) => {
        const alphabet = { kind: "audio", rate: 16000, law } as const;
        const file = documentOf(audio.decode(alphabet, given), "a", 50);
        expect(await tokensOf(audio, alphabet, file)).toEqual(given);
      }),
    );
  });

  it("refuses a sound beyond full scale, which would be clipped", async () => {
    const header = Buffer.from(sound(8000));
    header.writeUInt16LE(3, 20); // floating point numbers
    header.writeUInt16LE(4, 32);
    header.writeUInt16LE(32, 34);
    header.writeUInt32LE(8, 40);
    const file = (...samples: number[]) =>
      documentOf(Buffer.concat([header, Buffer.from(Float32Array.from(samples).buffer)]), "a.wav");
    for (const law of ["mu", "linear"] as const) {
      const alphabet = { kind: "audio", rate: 8000, law } as const;
      expect([...(await tokensOf(audio, alphabet, file(1.0005, -1)))]).toEqual([255, 0]);
      await expect(tokensOf(audio, alphabet, file(0, -16384))).rejects.toThrow(
        new UserError(
          "a.wav has a sample of -16380, beyond full scale, and would be clipped; scale it to [-1, 1]",
        ),
      );
    }
  });

  it("names the document of another rate, or that is no sound", async () => {
    const [slow, fast] = [
      documentOf(sound(8000, 0), "slow.wav"),
      documentOf(sound(9000), "fast.wav"),
    ];
    const noSound = documentOf("", "no.wav");
    const alphabet = await audio.fit([noSound, slow, fast], {});
    expect(alphabet.rate).toBe(8000);
    await expect(tokensOf(audio, alphabet, fast)).rejects.toThrow(
      "fast.wav has 9000 samples per second, but the first document to train on has 8000",
    );
    await expect(tokensOf(audio, alphabet, noSound)).rejects.toThrow("no.wav is not a WAV file");
    await expect(audio.fit([noSound], {})).rejects.toThrow("no.wav is not a WAV file");
    await expect(audio.fit([], {})).rejects.toThrow("there is no sound to train on");
  });
});

const recordings = "../shared/data/fsdd/recordings";
const here = existsSync(recordings);
describe.skipIf(!here)(here ? "spoken digits" : `skipped: ${recordings} is absent`, () => {
  it("use more levels by µ-law than by the linear one", async () => {
    const documents = [0, 1, 2, 3].map((i) => fileDocument(`${recordings}/${i}_theo_0.wav`));
    const levelsBy = async (law: "mu" | "linear") => {
      const alphabet = await audio.fit(documents, { law });
      expect(alphabet.rate).toBe(8000);
      const tokens = await Promise.all(documents.map((d) => tokensOf(audio, alphabet, d)));
      return new Set(tokens.flatMap((document) => [...document])).size;
    };
    expect(await levelsBy("mu")).toBeGreaterThan(1.5 * (await levelsBy("linear")));
  });
});
