import type { CompileOptions } from "../runtime/compile.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { BatchShape, Trainable } from "./trainable.ts";
import {
  type Arenas,
  arenaNames,
  bringHome,
  compileTrainer,
  type Trainer,
  type TrainerOptions,
} from "./trainer.ts";

/** Trainers of one state, one for each shape of batch. */
export interface Trainers extends AsyncDisposable {
  /** The trainer of a shape, compiled when the shape first occurs. */
  of(shape: BatchShape): Promise<Trainer<string>>;
  /** The arenas by name: `parameters` and the optimizer's state. Valid until the next step. */
  state(): Checkpoint["arenas"];
  /** The same of a state that may be on the device: it is copied from there. */
  home(): Promise<Checkpoint["arenas"]>;
}

/** Trainers that start from a checkpoint's state; nothing is compiled yet. */
export function openTrainers(
  model: Trainable,
  { arenas: saved, step }: Pick<Checkpoint, "arenas" | "step">,
  options: CompileOptions & Pick<TrainerOptions, "stays">,
): Trainers {
  const names = arenaNames(model.optimizer);
  const arenas: Arenas = {
    current: names.map((name) => Float32Array.from(saved[name] ?? [])),
    spare: names.map(() => new Float32Array(model.layout.size)),
    steps: step,
  };
  const state = () => Object.fromEntries(names.map((name, i) => [name, arenas.current[i]!])); // one array a name
  const compiled = new Map<BatchShape, Trainer<string>>();
  return {
    async of(shape) {
      const known = compiled.get(shape);
      if (known) return known;
      const { optimizer, layout } = model;
      const trainer = await compileTrainer(model.objective(shape), {
        ...{ ...options, optimizer, arenas, layout },
      });
      compiled.set(shape, trainer);
      return trainer;
    },
    state,
    async home() {
      await bringHome(arenas);
      return state();
    },
    async [Symbol.asyncDispose]() {
      for (const trainer of compiled.values()) await trainer.close();
    },
  };
}
