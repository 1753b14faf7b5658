import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readSound } from "../../src/data/formats/wavFile.ts";
import { UserError } from "../../src/errors/userError.ts";
import { classChances, recognition } from "../../src/image/classify/classifyImages.ts";
import { createImageClassifier, type ImageClassifierRun } from "../../src/image/classify/run.ts";
import { openImageClassifier } from "../../src/image/classify/runFolder.ts";
import { imageClassifierTrainable } from "../../src/image/classify/trainable.ts";
import type { CompileOptions } from "../../src/runtime/compile.ts";

import { isDone, type RunOptions, trainRun } from "../../src/train/run/trainRun.ts";
import { atClipRate, canBeHeard, clipRate } from "./clipRate.ts";
import { classNames, clipPicture, digitPictures, type Recording, windowsOf } from "./digitClips.ts";

/** Recordings of the free spoken digits, which the judge learns from, and those held out: the first five of each speaker and digit. */
export interface Recordings {
  readonly train: readonly Recording[];
  readonly test: readonly Recording[];
}

/** Reads `DIGIT_SPEAKER_NUMBER.wav` of a folder, at the rate of clips; those with a number below five are held out, as the data set's authors do. */
export async function readRecordings(folder: string): Promise<Recordings> {
  const all: { readonly number: number; readonly recording: Recording }[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const [, digit, number] = /^(\d)_\w+_(\d+)\.wav$/.exec(name) ?? [];
    if (number === undefined) continue;
    const { rate, channels, samples } = await readSound(join(folder, name));
    if (!canBeHeard(rate) || channels !== 1) {
      throw new UserError(
        `${name} has ${channels} channels of ${rate} samples per second, and the judge hears one of ${clipRate} or a whole part of it, such as ${clipRate / 2}`,
      );
    }
    const recording = { digit: Number(digit), samples: atClipRate(samples, rate) };
    all.push({ number: Number(number), recording });
  }
  const of = (isHeldOut: boolean) =>
    all.filter(({ number }) => number < 5 === isHeldOut).map(({ recording }) => recording);
  const [train, test] = [of(false), of(true)];
  if (train.length === 0 || test.length === 0) {
    throw new UserError(`${folder} holds no recordings named like 7_jackson_32.wav`);
  }
  return { train, test };
}

/** How a judge is trained. */
export interface JudgeOptions extends Pick<RunOptions, "report" | "signal" | "notice"> {
  readonly engine: CompileOptions;
  readonly steps: number;
  /** Windows that are made of each recording. */
  readonly scenes: number;
}

/** A judge of spoken digits, and how well it hears recordings that it has not learned from. */
export interface Judge {
  readonly run: ImageClassifierRun;
  /** Of windows with a held-out digit: the share that is heard as it. */
  readonly rightDigits: number;
  /** Of windows without a digit, made from held-out recordings: the share that is heard as none. */
  readonly rightOthers: number;
}

/**
 * The judge in a run folder; where there is none it is trained there first, on windows with the recordings to train on and such
 * without a digit.
 */
export async function openJudge(
  folder: string,
  { train, test }: Recordings,
  { engine, steps, scenes, ...options }: JudgeOptions,
): Promise<Judge> {
  const held = digitPictures(test, 2, 2);
  const pictures = digitPictures(train, scenes, 1);
  const config = createImageClassifier(pictures, {
    ...{ color: "gray", resize: false, seed: 1, path: "spoken digits", plan: { steps } },
    options: { shift: 1 },
  });
  if (!(await isDone(folder, config))) {
    const model = imageClassifierTrainable(config, pictures, held);
    const { interrupted } = await trainRun(folder, config, model, { ...engine, ...options });
    if (interrupted) throw new UserError(`the judge in ${folder} is not trained to its end`);
  }
  const run = await openImageClassifier(folder);
  const { classes, images, recognized } = await recognition(run, held, engine);
  const none = classes["no digit"];
  if (!none) throw new UserError(`${folder} is a classifier of something else than spoken digits`);
  return {
    run,
    rightDigits: (recognized - none.recognized) / (images - none.images),
    rightOthers: none.share,
  };
}

/** What the judge hears in a clip: the digit of the window where it is surest of one. */
export interface Heard {
  readonly digit: number;
  /** Its probability. */
  readonly sure: number;
}

/** What the judge hears in each clip. */
export async function listen(
  { run }: Pick<Judge, "run">,
  clips: readonly Float32Array[],
  engine: CompileOptions,
): Promise<Heard[]> {
  const windows = clips.map(windowsOf);
  const chances = await classChances(run, windows.flat().map(clipPicture), engine);
  let first = 0;
  return windows.map(({ length }) => {
    let best: Heard = { digit: 0, sure: -1 };
    for (const end = first + length; first < end; first++)
      for (let digit = 0; digit < 10; digit++) {
        const sure = chances[first * classNames.length + digit]!; // a class
        if (sure > best.sure) best = { digit, sure };
      }
    return best;
  });
}
