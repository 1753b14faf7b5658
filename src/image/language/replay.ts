import { type Site, startingPlane, type TokenLanguage, truth, walk } from "../../codec/index.ts";

/** A decision of an image: what is asked, what is known, and the token that answers. One object is reused. */
export interface Decision {
  site: Site;
  readonly approximation: Float64Array;
  token: number;
}

/** Walks through an image as its encoder does and yields every decision before it is taken. */
export function* replay(
  coefficients: Float64Array,
  language: TokenLanguage,
): Generator<Decision, void, void> {
  const approximation = new Float64Array(coefficients.length);
  const choose = truth(coefficients, approximation, language);
  const steps = walk(language, startingPlane(coefficients, language.finestPlane), approximation);
  let step = steps.next();
  if (step.done) return;
  const decision: Decision = { site: step.value, approximation, token: 0 };
  while (!step.done) {
    decision.site = step.value;
    decision.token = choose(step.value);
    yield decision;
    step = steps.next(decision.token);
  }
}
