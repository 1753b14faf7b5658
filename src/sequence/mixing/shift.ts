import { between, type Mixing, mixedWidth, onUpper } from "./mixing.ts";

/** Token shift (RWKV, Peng et al. 2023): half of the features are those of the position before. No parameters. */
export const shiftMixing = (fraction = 1 / 2): Mixing =>
  between((_, x, past, { width }) =>
    onUpper(x, mixedWidth(width, fraction), (u) => past.ago(u, 1)),
  );
