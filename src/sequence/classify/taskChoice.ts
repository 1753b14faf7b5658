import type { ListOpsSettings } from "./listopsTask.ts";

export interface ImageSettings {
  /** What `openImages` takes: pictures in a folder for each class, or files like those of MNIST. */
  readonly path: string;
  /** Side of the squares that pictures are brought to, in pixels. */
  readonly side: number;
  /** Pictures of the validation part, at most; spread evenly. */
  readonly valid: number;
}

export interface TextSettings {
  /** A folder with a folder for each class, or with such folders in `train` and in `test`. */
  readonly path: string;
  /** Bytes of a text that are read, at most, from its beginning. */
  readonly longest: number;
  /** Texts of the validation part, at most; spread evenly. */
  readonly valid: number;
}

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

const names: { readonly [K in TaskName]: K } = { listops: "listops", text: "text", image: "image" };

/** The names of the tasks. */
export const taskNames = Object.keys(names) as readonly TaskName[];
