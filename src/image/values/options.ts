import type { ValueSight } from "./describer.ts";
import type { ValueNetworkSize } from "./network.ts";

/** What a person may choose of the model; the trials in docs/log.md say why the defaults are what they are. */
export interface ValueOptions extends ValueNetworkSize {
  readonly sight: ValueSight;
  /** Coefficients of a batch. */
  readonly rows: number;
  /** Share of all coefficients that are not certain that are trained on, where images are small enough for it. */
  readonly share: number;
  /** Highest learning rate. */
  readonly peak: number;
}

export const valueDefaults: ValueOptions = {
  width: 192,
  depth: 4,
  mixture: { ends: 2, middle: 6 },
  sight: {
    ...{ own: 2, siblings: 1, channels: 1 },
    picture: { own: 2, coarser: 1, finer: 2 },
  },
  rows: 4096,
  share: 1 / 3,
  peak: 1.2e-2,
};
