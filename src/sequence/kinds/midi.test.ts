import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMidi, parseMidi } from "../../data/formats/midi.ts";
import { midi } from "./midi.ts";
import { performance, performanceSize } from "./performance.ts";
import { documentOf, tokensOf } from "./testing.ts";

const alphabet = { kind: "midi" } as const;

describe("the kind midi", () => {
  it("makes files that say the same music again, whatever a model says", async () => {
    const any = fc.array(fc.nat(performanceSize - 1), { maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(any, async (given) => {
        const tokens = Uint16Array.from(given);
        const file = documentOf(midi.decode(alphabet, tokens));
        const again = await tokensOf(midi, alphabet, file);
        expect(performance(again).notes).toEqual(performance(tokens).notes);
        expect(midi.decode(alphabet, again)).toEqual(midi.decode(alphabet, tokens));
      }),
    );
  });

  it("reads a piece in JSON, and holds a pitch while it stays", async () => {
    const piece = documentOf("[[60, 67.0], [60, 60], [], [60]]", "piece.json");
    const notes = parseMidi(midi.decode(alphabet, await tokensOf(midi, alphabet, piece)), "a.mid");
    const rounded = notes.map(({ start, end, pitch }) => [
      Math.round(start * 100) / 15, // in sixteenths
      Math.round(end * 100) / 15,
      pitch,
    ]);
    expect(rounded).toEqual([
      [0, 2, 60],
      [0, 1, 67],
      [3, 4, 60],
    ]);
  });

  it("has 388 symbols, whatever the documents", async () => {
    expect(midi.size(await midi.fit([documentOf("[[60]]")], {}))).toBe(388);
  });

  it("names the document that is damaged, or no music", async () => {
    const endless = encodeMidi([{ start: 90_000, end: 90_001, pitch: 60, velocity: 64 }]);
    const refusals: [string | Uint8Array, string][] = [
      ["", "a.mid is not a MIDI file: it does not begin with MThd"],
      ["hello, world", "a.mid is not a MIDI file: it does not begin with MThd"],
      [encodeMidi([]).subarray(0, 30), "a.mid is cut short"],
      [endless, "a.mid is damaged: it claims to last longer than a day"],
      [
        "[[60], 61]",
        "a.mid is not a piece of music in JSON: that is a list of steps, each a list of whole numbers from 0 to 127",
      ],
    ];
    for (const [contents, message] of refusals) {
      const document = documentOf(contents, "a.mid");
      await expect(midi.fit([document], {})).rejects.toThrow(message);
      await expect(tokensOf(midi, alphabet, document)).rejects.toThrow(message);
    }
    const good = documentOf("[[60]]", "good.json");
    expect(await midi.fit([documentOf("", "a.mid"), good], {})).toEqual(alphabet);
    for (const bad of ["[[60]", "[[128]]", "[[60.5]]", '[["60"]]']) {
      await expect(midi.fit([documentOf(bad, "a.json")], {})).rejects.toThrow(/^a.json is not/);
    }
    await expect(midi.fit([documentOf("[[]]")], {})).rejects.toThrow("there is no music");
  });
});

const chorales = "../shared/data/jsb-chorales-16th.json";
const here = existsSync(chorales);
describe.skipIf(!here)(here ? "Bach's chorales" : `skipped: ${chorales} is absent`, () => {
  it("come back note for note", async () => {
    const { valid } = JSON.parse(readFileSync(chorales, "utf8")) as { valid: number[][][] };
    for (const [i, piece] of valid.entries()) {
      const document = documentOf(JSON.stringify(piece), `valid ${i}`, 1 << 16);
      const tokens = await tokensOf(midi, alphabet, document);
      const notes = performance(tokens).notes;
      const steps = piece.map((_, step) => {
        const middle = (step + 0.5) * 0.15;
        return notes.filter((n) => n.start < middle && n.end > middle).map((n) => n.pitch);
      });
      const sorted = (pitches: Iterable<number>) => [...new Set(pitches)].sort((a, b) => a - b);
      expect(steps.map(sorted)).toEqual(piece.map(sorted));
    }
  });
});
