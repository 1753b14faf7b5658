import type { Random } from "../data/random/random.ts";
import { input, type Tensor } from "../graph/index.ts";
import { clipByGlobalNorm, type Optimizer } from "../nn/optimizers/optimizer.ts";
import { bind, bindInputs, feedsOf, layoutOf, type ParameterLayout } from "../nn/parameters.ts";
import {
  type Arrays,
  type CompileOptions,
  compile,
  type Feeds,
  inputsAmong,
} from "../runtime/compile.ts";
import type { Resident } from "../runtime/resident.ts";
import { differentiate, type Objective } from "./differentiate.ts";

/** Names of the arrays that a training keeps: the parameters, and the optimizer's state. */
export const arenaNames = ({ slots }: Optimizer): readonly string[] => ["parameters", ...slots];

/** Parameters and optimizer state in two sets of arrays, one to read and one to write, and the number of steps done. */
export interface Arenas {
  current: readonly Float32Array<ArrayBuffer>[];
  spare: readonly Float32Array<ArrayBuffer>[];
  steps: number;
  /** The state on the device, of a training that leaves it there; `current` is older then until `bringHome`. */
  away?: readonly Resident[] | undefined;
  /** Whether `current` is what is on the device. */
  isHome?: boolean;
}

/** Copies a state that is on the device into memory; it stays there as well, for the next step. */
export async function bringHome(arenas: Arenas): Promise<void> {
  if (!arenas.away || arenas.isHome) return;
  for (const [i, resident] of arenas.away.entries()) {
    arenas.current[i]!.set((await resident.read()) as Float32Array); // one array a name
  }
  arenas.isHome = true;
}

function forget(arenas: Arenas): void {
  for (const resident of arenas.away ?? []) resident.release();
  arenas.away = undefined;
}

/** A model in training: its parameters and optimizer state, and one step of both. */
export interface Trainer<Metric extends string> extends AsyncDisposable {
  readonly layout: ParameterLayout;
  /** Give these to another trainer of the same model (for another batch shape, say) and both train one state. */
  readonly arenas: Arenas;
  /** Steps done so far. */
  readonly step: () => number;
  /**
   * The arenas as they stand: `parameters` and the optimizer's slots. Valid until the next step. A state that stays on the
   * device is brought home first (`bringHome`), else this throws.
   */
  readonly state: () => Readonly<Record<string, Float32Array<ArrayBuffer>>>;
  /** Continues from a saved state after `steps` steps. */
  restore(state: Readonly<Record<string, Float32Array>>, steps: number): void;
  /** One step of forward, backward and optimizer on a batch; returns the metrics of the batch before the step. */
  train(
    batch: Arrays,
    learningRate: number,
  ): Promise<Record<Metric | "loss" | "gradientNorm", number>>;
  close(): Promise<void>;
}

export interface TrainerOptions extends CompileOptions {
  readonly optimizer: Optimizer;
  /** Largest Euclidean norm of a gradient; larger ones are scaled down. */
  readonly clip?: number;
  /** The state to train; new, and zero, by default. */
  readonly arenas?: Arenas;
  /** Whether the state stays on the device from step to step; only WebGPU can. */
  readonly stays?: boolean;
  /** The parameters, where they are known already; else the objective is run once more to list them. */
  readonly layout?: ParameterLayout;
}

/**
 * Compiles forward, backward and optimizer into one session. Parameters and optimizer state live in two sets of
 * preallocated arenas; a step reads one and writes the other, and they swap.
 */
export async function compileTrainer<Metric extends string>(
  objective: Objective<Metric>,
  options: TrainerOptions,
): Promise<Trainer<Metric>> {
  const { optimizer, clip = 1, layout = layoutOf(objective), stays = false } = options;
  const names = arenaNames(optimizer);
  const arenas = names.map((name) => input(name, [layout.size]));
  const [parameters, ...slots] = arenas as [Tensor, ...Tensor[]];
  const learningRate = input("learningRate", []);
  const stepNumber = input("step", []);

  // On the device a parameter is a piece of the arena; in memory it is fed as a view of it.
  const bound = stays ? bind(layout, parameters) : bindInputs(layout);
  const { loss, metrics, gradient } = differentiate(objective, layout, { bound });
  const { scale, norm } = clipByGlobalNorm(gradient, clip);
  const next = optimizer.update({
    layout,
    parameters,
    gradient,
    scale,
    slots,
    learningRate,
    step: stepNumber,
  });
  const nextArenas = [next.parameters, ...next.slots];
  const outputs: Record<string, Tensor> = { ...metrics, loss, gradientNorm: norm };
  names.forEach((name, i) => {
    outputs[`next.${name}`] = nextArenas[i]!; // as many as names
  });
  const nextNames = names.map((name) => `next.${name}`);
  const executable = await compile(outputs, { ...options, ...(stays && { keep: nextNames }) });

  const newSet = () => names.map(() => new Float32Array(layout.size));
  const state: Arenas = options.arenas ?? { current: newSet(), spare: newSet(), steps: 0 };
  if (state.current[0]?.length !== layout.size) {
    throw new RangeError("the arenas to train belong to another model");
  }
  const scalars = Object.keys(outputs).filter((name) => !name.startsWith("next."));
  const into: Record<string, Float32Array> = Object.fromEntries(
    scalars.map((name) => [name, new Float32Array(1)]),
  );
  const scalarsOf = (from: typeof into) =>
    Object.fromEntries(scalars.map((name) => [name, from[name]![0]!])) as Record<
      Metric | "loss" | "gradientNorm",
      number
    >; // exactly these were allocated
  const lr = new Float32Array(1);
  const t = new Float32Array(1);

  return {
    layout,
    arenas: state,
    step: () => state.steps,
    state() {
      if (state.away && !state.isHome)
        throw new RangeError("the state is on the device: bring it home");
      return Object.fromEntries(names.map((name, i) => [name, state.current[i]!])); // one array a name
    },
    restore(saved, steps) {
      names.forEach((name, i) => {
        const values = saved[name];
        if (values?.length !== layout.size) {
          throw new RangeError(
            `the saved "${name}" has ${values?.length ?? "no"} elements, this model needs ${layout.size}`,
          );
        }
        state.current[i]!.set(values); // one array a name
      });
      state.steps = steps;
      forget(state);
    },
    async train(batch, rate) {
      state.steps += 1;
      lr[0] = rate;
      t[0] = state.steps;
      if (stays) {
        const away = state.away ?? state.current;
        const held = Object.fromEntries(names.map((name, i) => [name, away[i]!])); // one a name
        const feeds: Feeds = { ...held, learningRate: lr, step: t };
        const { kept } = await executable.runKeeping(
          { ...batch, ...inputsAmong(executable, feeds) },
          into,
        );
        forget(state);
        state.away = nextNames.map((name) => kept[name]!); // asked for
        state.isHome = false;
        return scalarsOf(into);
      }
      const feeds: Record<string, Arrays[string]> = {
        ...batch,
        ...feedsOf(layout, state.current[0]!), // the first arena holds the parameters
        learningRate: lr,
        step: t,
      };
      names.forEach((name, i) => {
        feeds[name] = state.current[i]!; // one array a name
        into[`next.${name}`] = state.spare[i]!; // one array a name
      });
      // A model need not depend on each parameter, nor an optimizer on the step; a batch must fit exactly.
      await executable.run({ ...batch, ...inputsAmong(executable, feeds) }, into);
      [state.current, state.spare] = [state.spare, state.current];
      return scalarsOf(into);
    },
    close: () => executable.close(),
    [Symbol.asyncDispose]: () => executable.close(),
  };
}

/** A new arena with every parameter at its start; `random` decides it wholly. */
export function initialize(layout: ParameterLayout, random: Random): Float32Array {
  const arena = new Float32Array(layout.size);
  layout.parameters.forEach(({ offset, shape, initialize: fill }, i) => {
    const end = layout.parameters[i + 1]?.offset ?? layout.size;
    fill(arena.subarray(offset, end), shape, random);
  });
  return arena;
}
