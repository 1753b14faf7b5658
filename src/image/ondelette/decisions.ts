import { truth, walk } from "../../codec/index.ts";
import { startingPlane } from "../../codec/startingPlane.ts";
import type { Site } from "../../codec/index.ts";
import type { Example } from "../model.ts";
import type { Describer } from "./describer.ts";

/** Room for decisions and the states at the start of their stages, as the network takes them. */
export interface DecisionTable {
  readonly capacity: number;
  readonly stateCapacity: number;
  /** `[capacity, siteWidth]` */
  readonly sites: Float32Array;
  /** `[capacity, tokens]` */
  readonly legal: Uint8Array;
  /** `[capacity]`: the token that was right; -1 in unused rows. */
  readonly tokens: Int32Array;
  /** `[capacity]`: row of `states`. */
  readonly stage: Int32Array;
  /** `[capacity]`: row of the summaries' cells. */
  readonly cell: Int32Array;
  /** `[capacity]`: how many decisions of its image this one stands for. */
  readonly weight: Float32Array;
  /** `[stateCapacity, stateWidth]` */
  readonly states: Float32Array;
}

export function decisionTable(
  describer: Describer,
  capacity: number,
  stateCapacity: number,
): DecisionTable {
  return {
    capacity,
    stateCapacity,
    sites: new Float32Array(capacity * describer.siteWidth),
    legal: new Uint8Array(capacity * describer.tokens),
    tokens: new Int32Array(capacity),
    stage: new Int32Array(capacity),
    cell: new Int32Array(capacity),
    weight: new Float32Array(capacity),
    states: new Float32Array(stateCapacity * describer.stateWidth),
  };
}

/** What happens at each decision of an image; see {@link replay}. */
export interface Visitor {
  /** A new stage begins with this decision. */
  stage(site: Site, approximation: Float64Array): void;
  decision(site: Site, approximation: Float64Array, token: number): void;
}

/** Walks through an image as its encoder does and shows every decision before it is taken. */
export function replay(
  describer: Describer,
  { coefficients }: Example,
  visitor: Visitor,
): { readonly startingPlane: number; readonly approximation: Float64Array } {
  const language = describer.language.tokens;
  const first = startingPlane(coefficients, language.finestPlane);
  const approximation = new Float64Array(coefficients.length);
  const choose = truth(coefficients, approximation, language);
  const steps = walk(language, first, approximation);
  let stage = Number.NaN;
  for (let step = steps.next(); !step.done; ) {
    const site = step.value;
    const token = choose(site);
    const now = describer.stageOf(site);
    if (now !== stage) {
      stage = now;
      visitor.stage(site, approximation);
    }
    visitor.decision(site, approximation, token);
    step = steps.next(token);
  }
  return { startingPlane: first, approximation };
}
