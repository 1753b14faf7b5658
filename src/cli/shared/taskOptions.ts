import { UserError } from "../../errors/userError.ts";
import { longRangeArena } from "../../sequence/classify/listops.ts";
import { readoutNames } from "../../sequence/classify/readout.ts";
import { type TaskChoice, type TaskName, taskNames } from "../../sequence/classify/taskChoice.ts";
import {
  type UsualClassifier,
  usualClassifiers,
} from "../../sequence/classify/usualClassifiers.ts";
import type { Options } from "../parser/options.ts";

/** Bytes of a text that are read where no context is given, as in Long Range Arena's shortest setting. */
export const textBytes = 1000;

/** What is usual for each task, as a help text says it: `rotary with text, else gpt2`. */
function usually(of: keyof UsualClassifier): string {
  const { text, listops } = usualClassifiers;
  return `${text[of]} with text, else ${listops[of]}`;
}

/** The design of classifiers where nothing is said. */
export const usualTaskDesign = usually("design");

/** The option for what is classified. */
export const taskOption = {
  type: "choice",
  choices: taskNames,
  help: "what to classify",
} as const;

/** Options of the tasks of classifiers. */
export const taskOptions = {
  readout: {
    type: "choice",
    choices: readoutNames,
    otherwise: usually("readout"),
    help: "what tells the class: the last token, or the mean of all",
  },
  minLength: {
    type: "integer",
    min: 1,
    max: 100_000,
    otherwise: "10",
    help: "with listops: fewest tokens (501 in Long Range Arena)",
  },
  maxLength: {
    type: "integer",
    min: 1,
    max: 100_000,
    otherwise: "100",
    help: "with listops: most tokens (1999 in Long Range Arena)",
  },
  examples: {
    type: "integer",
    min: 1,
    max: 1e9,
    otherwise: "a new expression each time",
    help: "with listops: number of training examples (96000 in Long Range Arena)",
  },
  side: {
    type: "integer",
    min: 1,
    max: 256,
    otherwise: "16",
    help: "with image: side of the pictures, in pixels",
  },
  valid: {
    type: "integer",
    min: 1,
    max: 1e7,
    otherwise: "2000",
    help: "most validation examples",
  },
} as const satisfies Options;

interface TaskArgs {
  readonly data: string | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly examples: number | undefined;
  readonly context: number | undefined;
  readonly side: number | undefined;
  readonly valid: number | undefined;
}

/** The task that the options ask for. Throws UserError where they contradict each other. */
export function taskChoice(name: TaskName, args: TaskArgs): TaskChoice {
  const { data: path, examples, valid = 2000, side = 16 } = args;
  const { minLength = 10, maxLength = 100 } = args;
  if (name === "listops") {
    if (path !== undefined) {
      throw new UserError("--task listops draws its own expressions and takes no --data");
    }
    if (minLength > maxLength) {
      throw new UserError(`--min-length ${minLength} is more than --max-length ${maxLength}`);
    }
    const settings = { ...longRangeArena, minLength, maxLength, valid };
    return { name, settings: { ...settings, ...(examples !== undefined && { examples }) } };
  }
  if (path === undefined) throw new UserError(`--task ${name} needs --data`);
  if (name === "image") return { name, settings: { path, side, valid } };
  return { name, settings: { path, longest: args.context ?? textBytes, valid } };
}
