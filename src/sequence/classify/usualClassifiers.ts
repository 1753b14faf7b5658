import type { DesignName } from "../design.ts";
import type { ReadoutName } from "./readout.ts";
import type { TaskName } from "./taskChoice.ts";

/** How a classifier of a task is built where nothing is said. */
export interface UsualClassifier {
  readonly design: DesignName;
  readonly readout: ReadoutName;
}

/**
 * What learns soonest on each task (docs/sequences.md). The answer of ListOps depends most on the operator at the beginning,
 * which learned positions find and rotary ones, that know distances alone, do not. A text is known by the words anywhere in it.
 */
export const usualClassifiers: { readonly [K in TaskName]: UsualClassifier } = {
  listops: { design: "gpt2", readout: "last" },
  image: { design: "gpt2", readout: "last" },
  text: { design: "rotary", readout: "mean" },
};
