import type { Random } from "../../data/random/random.ts";
import { initialize } from "../../train/trainer.ts";
import type { Init } from "../family.ts";
import type { BuiltField } from "../run.ts";
import type { Signal } from "../signal/signal.ts";

/** A field's parameters before the first step; `random` decides them wholly. */
export async function startOf(
  { family, size, layout }: BuiltField,
  signal: Signal,
  random: Random,
  init: Init,
): Promise<Float32Array<ArrayBuffer>> {
  const parameters = initialize(layout, random.fork("start")) as Float32Array<ArrayBuffer>; // newly made
  await family.start?.({
    ...{ size, layout, parameters, signal, init },
    random: random.fork("placement"),
  });
  return parameters;
}
