import type { Random } from "../../data/random/random.ts";
import { initialize } from "../../train/trainer.ts";
import type { Init, SolvedFamily, TrainedFamily } from "../family.ts";
import type { BuiltField } from "../field.ts";
import type { Signal } from "../signal/signal.ts";

/** The layout's initial parameters. */
const initial = ({ layout }: BuiltField, random: Random) =>
  initialize(layout, random.fork("start")) as Float32Array<ArrayBuffer>; // newly made

/** A trained field's parameters before the first step; `random` decides them wholly. */
export async function startOf(
  field: BuiltField<TrainedFamily>,
  signal: Signal,
  random: Random,
  init: Init,
): Promise<Float32Array<ArrayBuffer>> {
  const { family, size, layout } = field;
  const parameters = initial(field, random);
  await family.start?.({
    ...{ size, layout, parameters, signal, init },
    random: random.fork("placement"),
  });
  return parameters;
}

/** A solved field's parameters. */
export async function solve(
  field: BuiltField<SolvedFamily>,
  signal: Signal,
  random: Random,
): Promise<Float32Array<ArrayBuffer>> {
  const { family, size, layout } = field;
  const parameters = initial(field, random);
  await family.solve({ size, layout, parameters, signal, random: random.fork("placement") });
  return parameters;
}
