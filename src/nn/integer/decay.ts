import { expOf } from "./elementary.ts";
import { mlpUnits } from "./mlp.ts";
import { lookUp, tabulate } from "./table.ts";

/** Bits behind the point of weights that decay. */
export const weightBits = 24;

const table = tabulate((x) => expOf(-x), {
  ...{ from: mlpUnits.said, to: weightBits },
  ...{ between: [0, weightBits], entries: 5 },
});

/** e^−x of what a network says, in units of 2^−24: the weights of a softmax where x is how far a logit is below the largest. */
export const decay = (x: number): number => lookUp(table, x);
