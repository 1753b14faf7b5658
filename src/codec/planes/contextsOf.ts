import type { Mixing } from "../mixing/mixing.ts";
import { type BandPlan, stepsOf } from "./bandPlan.ts";
import { type Contexts, contexts } from "./contexts.ts";
import type { Known } from "./known.ts";
import { pixelContexts } from "./pixelContexts.ts";

/** The contexts of a plan: of wavelets, or of samples where nothing was analyzed. */
export function contextsOf({ extent }: BandPlan, mixing: Mixing, known: Known): Contexts {
  const general = contexts(mixing, known);
  return stepsOf(extent, 0) > 0 ? general : pixelContexts(general, mixing, known);
}
