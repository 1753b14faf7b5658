import { coefficientCount, type Token, type TokenLanguage, walk } from "../codec/index.ts";
import type { Site } from "../codec/walk/site.ts";
import { type Drawing, type DrawRequest, unconditioned } from "./model.ts";

/** Follows one walk for a network that has to be told of it. */
export interface WalkFollower {
  /** Whether the network may be asked about a site without having been asked about those before. */
  isIn(site: Site): boolean;
}

/** One walk that waits for an answer. */
export interface Question<Follower> {
  readonly follower: Follower;
  readonly site: Site;
  readonly approximation: Float64Array;
}

/** A trained network, answering several walks at a time. */
export interface Answers<Follower> extends AsyncDisposable {
  /** Logits of each question, `[rows, tokens]`; rows without a question hold anything. Valid until the next call. */
  ask(questions: readonly (Question<Follower> | undefined)[]): Promise<Float32Array>;
}

/** A network that answers the walks of a language. */
export interface AnsweringModel<Follower extends WalkFollower> {
  readonly language: TokenLanguage;
  follow(request: DrawRequest): Follower;
  /** The network for so many walks at a time, of these images. */
  answers(rows: number, requests: readonly DrawRequest[]): Promise<Answers<Follower>>;
}

/** An image being drawn: where its walk stands, and what has been said. */
export interface Draft<Follower> extends Question<Follower> {
  readonly request: DrawRequest;
  readonly steps: ReturnType<typeof walk>;
  readonly tokens: Token[];
  /** The same question without class and words, where guidance asks it. */
  readonly free: Question<Follower> | undefined;
}

/** A draft at its first decision, or the finished drawing of an image that has none. */
export function beginDraft<Follower extends WalkFollower>(
  { language, follow }: AnsweringModel<Follower>,
  request: DrawRequest,
  guided: boolean,
): Draft<Follower> | Drawing {
  const { startingPlane } = request;
  const approximation = new Float64Array(coefficientCount(language.geometry));
  const steps = walk(language, startingPlane, approximation);
  const first = steps.next();
  if (first.done) return { startingPlane, tokens: new Uint8Array(), approximation };
  const question = (asked: DrawRequest): Question<Follower> => ({
    ...{ approximation, site: first.value }, // the walk moves its one site along
    follower: follow(asked),
  });
  const free = guided ? question(unconditioned(request)) : undefined;
  return { ...question(request), request, steps, tokens: [], free };
}

/** A draft whose walk has come to its end. */
export const finished = ({ request, tokens, approximation }: Draft<WalkFollower>): Drawing => ({
  startingPlane: request.startingPlane,
  tokens: Uint8Array.from(tokens),
  approximation,
});
