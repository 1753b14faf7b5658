import { fromDelays, type Mixing, mixedWidth, onUpper } from "./mixing.ts";

/** Token shift (RWKV, Peng et al. 2023): half of the features are those of the position before. No parameters. */
export function shiftMixing(width: number, fraction = 1 / 2): Mixing {
  return onUpper(
    mixedWidth(width, fraction),
    fromDelays((_, x, past) => past.ago(x, 1)),
  );
}
