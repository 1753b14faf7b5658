import { openImageTask } from "./imageTask.ts";
import { openListOps } from "./listopsTask.ts";
import type { Task } from "./task.ts";
import type { TaskChoice, TaskName, TaskSettings } from "./taskChoice.ts";
import { openTextTask } from "./textTask.ts";

/** The tasks, after Long Range Arena (Tay et al. 2020): how each is opened from its settings and the seed of a run. */
const tasks: {
  readonly [K in TaskName]: (settings: TaskSettings[K], seed: number) => Promise<Task>;
} = {
  listops: openListOps,
  text: openTextTask,
  image: openImageTask,
};

/** Opens a task. Throws UserError where its data are missing or cannot be read. */
export function openTask<Name extends TaskName>(
  { name, settings }: TaskChoice<Name>,
  seed: number,
): Promise<Task> {
  return tasks[name](settings, seed);
}
