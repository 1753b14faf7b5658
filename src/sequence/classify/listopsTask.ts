import { createRandom } from "../../data/random/random.ts";
import type { Examples } from "./examples.ts";
import {
  drawExpression,
  expressionValue,
  type ListOpsOptions,
  type ListOpsPart,
  listOpsTokens,
} from "./listops.ts";
import type { Task } from "./task.ts";

export interface ListOpsSettings extends ListOpsOptions {
  /** Expressions to train on, over and over (96,000 in Long Range Arena); without it each is new. */
  readonly examples?: number;
  /** Expressions of the validation part. */
  readonly valid: number;
}

/**
 * ListOps: to tell the digit that an expression stands for. Expressions are drawn when they are asked for, those to train
 * on from `seed`; those of the validation part are the same for every seed. Throws UserError where none seems to have a
 * length within the bounds.
 */
export async function openListOps(settings: ListOpsSettings, seed: number): Promise<Task> {
  const { examples = Number.POSITIVE_INFINITY, valid, ...options } = settings;
  const part = (name: ListOpsPart, count: number, from: number | string): Examples => {
    const random = createRandom(from).fork(`listops ${name}`);
    return {
      count,
      async at(index) {
        const tokens = drawExpression(options, name, random.fork(index));
        return { tokens, label: expressionValue(tokens) };
      },
    };
  };
  const task: Task = {
    symbols: listOpsTokens.length,
    classNames: listOpsTokens.slice(0, 10),
    longest: options.maxLength,
    train: part("train", examples, seed),
    valid: part("valid", valid, "the same for every seed"),
  };
  await Promise.all([task.train.at(0), task.valid.at(0)]); // that there are any
  return task;
}
