import type { Task } from "./task.ts";

/** What guessing comes to in the validation part of a task. */
export interface Guess {
  readonly examples: number;
  readonly classes: number;
  /** Share of the examples that are of the most frequent class. */
  readonly mostFrequent: number;
}

/** Counts the classes of the validation part; reads or draws all of it. */
export async function guessOf({ valid, classNames }: Task): Promise<Guess> {
  const counts = classNames.map(() => 0);
  for (let i = 0; i < valid.count; i++) {
    const { label } = await valid.at(i);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return {
    examples: valid.count,
    classes: classNames.length,
    mostFrequent: Math.max(...counts) / valid.count,
  };
}
