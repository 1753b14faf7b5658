import { expose } from "comlink";
import type { Raster } from "ondelette/data";
import { baselines, buildField, drawPicture, fieldTrainable, widthFor } from "ondelette/field";
import { setWasmPaths } from "ondelette/runtime";
import { DivergedError, type Trainable, train } from "ondelette/train";
import { createGate } from "./gate.ts";
import { reduced } from "./reduced.ts";

export type Learner = "siren" | "finer";

export interface LearnSettings {
  readonly family: Learner;
  /** Real parameters. */
  readonly parameters: number;
  /** Pixels along the longer side; a larger picture is reduced. */
  readonly side: number;
  readonly minutes: number;
  readonly threads: number;
  /** Where the files of ONNX Runtime lie. */
  readonly engine: string;
}

/** A point of the curve, with the picture as it is there. */
export interface Learned {
  readonly step: number;
  /** Of training steps alone. */
  readonly seconds: number;
  readonly psnr: number;
  /** Real parameters of the network. */
  readonly parameters: number;
  readonly raster: Raster;
}

/** Points of a step. */
const batch = 4096;
/** Seconds from one look at all points to the next: at first often, later every fifth more. */
const lookAfter = 0.4;
const lookGrowth = 1.2;
const longestPause = 4;

const gate = createGate();
let end: AbortController | undefined;

function secondsOfLooks(minutes: number): number[] {
  const times: number[] = [];
  for (let at = lookAfter; at < 60 * minutes; at += Math.min(longestPause, at * (lookGrowth - 1)))
    times.push(at);
  return times;
}

/** What the page asks its worker. */
const api = {
  /** Trains a network on a picture's points until its time is over or it is stopped; tells its curve as it goes. */
  async learn(picture: Raster, settings: LearnSettings, tell: (learned: Learned) => void) {
    setWasmPaths(settings.engine);
    const signal = reduced(picture, settings.side);
    const family = baselines[settings.family];
    const shape = { dimensions: 2, channels: signal.channels };
    const width = widthFor(family, { ...shape, parameters: settings.parameters });
    const field = buildField(family, { ...shape, width });
    const parameters = field.layout.size;
    let values = new Float32Array();
    const model = fieldTrainable(field, signal, {
      ...{ peak: family.rate, batch },
      onValues: (now) => {
        values = now;
      },
    });
    end = new AbortController();
    gate.open();
    try {
      await train(
        gated(model),
        { minutes: settings.minutes },
        {
          ...{ threads: settings.threads, signal: end.signal, timing: "steps", clock: gate.clock },
          rhythm: { steps: [1], seconds: secondsOfLooks(settings.minutes) },
          journal: {
            saveEvery: Number.POSITIVE_INFINITY,
            async save() {},
            async record({ step, seconds }, { psnr = Number.NaN }, of) {
              if (of === "validation")
                tell({
                  step,
                  seconds,
                  psnr,
                  parameters,
                  raster: drawPicture({ ...signal, values }),
                });
            },
          },
        },
      );
      return { diverged: false };
    } catch (error) {
      if (!(error instanceof DivergedError)) throw error;
      return { diverged: true };
    }
  },

  pause: () => gate.close(),
  resume: () => gate.open(),
  stop() {
    end?.abort();
    gate.open();
  },
};

/** A model whose batches wait where the gate is closed. */
const gated = (model: Trainable): Trainable => ({
  ...model,
  batches(random) {
    const next = model.batches(random);
    return async (step) => {
      await gate.passed();
      return next(step);
    };
  },
});

export type LearnerApi = typeof api;

expose(api);
