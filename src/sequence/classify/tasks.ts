import { type ImageSettings, openImageTask } from "./imageTask.ts";
import { type ListOpsSettings, openListOps } from "./listopsTask.ts";
import type { Task } from "./task.ts";
import { openTextTask, type TextSettings } from "./textTask.ts";

/** What each task is set up by. */
export interface TaskSettings {
  listops: ListOpsSettings;
  text: TextSettings;
  image: ImageSettings;
}

export type TaskName = keyof TaskSettings;

/** A task and its settings, as a run keeps them. */
export type TaskChoice<Name extends TaskName = TaskName> = {
  readonly [K in Name]: { readonly name: K; readonly settings: TaskSettings[K] };
}[Name];

/** The tasks, after Long Range Arena (Tay et al. 2020): how each is opened from its settings and the seed of a run. */
const tasks: {
  readonly [K in TaskName]: (settings: TaskSettings[K], seed: number) => Promise<Task>;
} = {
  listops: openListOps,
  text: openTextTask,
  image: openImageTask,
};
export const taskNames = Object.keys(tasks) as readonly TaskName[];

/** Opens a task. Throws UserError where its data are missing or cannot be read. */
export function openTask<Name extends TaskName>(
  { name, settings }: TaskChoice<Name>,
  seed: number,
): Promise<Task> {
  return tasks[name](settings, seed);
}
