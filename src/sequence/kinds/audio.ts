import { fromMuLaw, toMuLaw } from "../../data/formats/muLaw.ts";
import { encodeWav, readWav } from "../../data/formats/wav.ts";
import { UserError } from "../../errors/userError.ts";
import type { Document, Kind } from "../kind.ts";
import { visitReadable } from "./readable.ts";

/** What the sounds of a corpus have in common. */
export interface AudioAlphabet {
  readonly kind: "audio";
  /** Samples per second. */
  readonly rate: number;
  /** How samples become 256 levels. */
  readonly law: keyof typeof laws;
}

/** The level, 0 … 255, of a sample of [-1, 1], and the sample of a level. */
const laws = {
  mu: { level: toMuLaw, sample: fromMuLaw },
  /** As in WAV files of eight bits: 128 is silence. */
  linear: {
    level: (sample: number) => Math.max(0, Math.min(255, Math.round(sample * 128) + 128)),
    sample: (level: number) => (level - 128) / 128,
  },
} as const;

/** Sound from WAV files, mixed to one channel: a token is the level of a sample. */
export const audio: Kind<AudioAlphabet> = {
  unit: "sample",
  ending: ".wav",
  reads: [".wav"],

  async fit(documents, { law = "mu" }) {
    let rate: number | undefined;
    await visitReadable(documents, async (document) => {
      rate ??= await rateOf(document);
    });
    if (rate === undefined) throw new UserError("there is no sound to train on");
    return { kind: "audio", rate, law };
  },

  size: () => 256,

  async *encode({ rate, law }, document) {
    for await (const sound of readWav(document.bytes(), document.name)) {
      checkRate(document, sound.rate, rate);
      const loud = sound.samples.find((sample) => Math.abs(sample) > loudest);
      if (loud !== undefined) {
        throw new UserError(
          `${document.name} has a sample of ${Number(loud.toPrecision(4))}, beyond full scale, and would be clipped; scale it to [-1, 1]`,
        );
      }
      const { level } = laws[law];
      const { samples } = sound;
      yield new Uint16Array(samples.length).map((_, i) => level(samples[i]!));
    }
  },

  decode: ({ rate, law }, tokens) =>
    encodeWav({ rate, samples: new Float32Array(tokens).map(laws[law].sample) }),

  extent: ({ rate }, { length }) => ({ bytes: length, seconds: length / rate }),
  mostPerSecond: ({ rate }) => rate,
};

/** Full scale with room for rounding, which is clipped. */
const loudest = 1.001;

async function rateOf(document: Document): Promise<number> {
  for await (const { rate } of readWav(document.bytes(), document.name)) return rate;
  throw new Error("readWav gave nothing");
}

function checkRate({ name }: Document, rate: number, expected: number): void {
  if (rate !== expected) {
    throw new UserError(
      `${name} has ${rate} samples per second, but the first document to train on has ${expected}`,
      "sizes-differ",
    );
  }
}
