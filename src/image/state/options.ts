import type { PerScale } from "../scales.ts";
import type { Sight } from "./describer.ts";
import type { NetworkSize } from "./network.ts";

/** What a person may choose of the model; the ablations in docs/log.md say why the defaults are what they are. */
export interface StateOptions extends NetworkSize {
  readonly sight: Sight;
  /** Decisions of a batch, of each scale; fewer where its images cannot have as many. */
  readonly rows: PerScale<number>;
  /** Share of all decisions that are trained on, where images are small enough for it. */
  readonly share: number;
  /** Highest learning rate. */
  readonly peak: number;
}

export const stateDefaults: StateOptions = {
  width: 192,
  depth: 4,
  summaryWidth: 32,
  cellWidth: 32,
  sight: {
    pattern: { own: 2, parent: 1, grandparent: 0, siblings: 1, children: 0 },
    channels: 1,
    picture: { own: 2, coarser: 1, finer: 1 },
  },
  rows: { shape: 4096, detail: 3072 },
  share: 1 / 3,
  peak: 4e-3,
};
