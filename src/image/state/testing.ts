import { startingPlane } from "../../codec/index.ts";
import { replay } from "../language/replay.ts";
import type { Example } from "../model.ts";
import type { Scale } from "../scales.ts";
import type { Describer } from "./describer.ts";

/** A decision of an image, all of it copied. */
export interface Described {
  readonly token: number;
  /** The set of tokens that may stand there. */
  readonly legal: number;
  readonly scale: Scale;
  readonly site: Float32Array;
  /** The summary of the stage that it belongs to. */
  readonly state: Float32Array;
  /** Whether it is the first of its stage. */
  readonly opens: boolean;
  readonly cell: number;
}

/** Every decision of an image as the network is told of it, one by one. */
export function describeAll(describer: Describer, { coefficients, label }: Example): Described[] {
  const language = describer.setting.language.tokens;
  const follower = describer.follow(label, startingPlane(coefficients, language.finestPlane));
  let state = new Float32Array(describer.stateWidth);
  const all: Described[] = [];
  for (const { site, approximation, token } of replay(coefficients, language)) {
    const opens = follower.enter(site, approximation);
    if (opens) {
      state = new Float32Array(describer.stateWidth);
      follower.writeState(state, 0, site, approximation);
    }
    const scale = describer.scaleOf(site);
    const numbers = new Float32Array(describer.siteWidth[scale]);
    follower.writeSite(numbers, 0, site, approximation);
    const { legal } = site;
    all.push({ token, legal, scale, site: numbers, state, opens, cell: follower.cellOf(site) });
  }
  return all;
}
