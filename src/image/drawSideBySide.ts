import {
  coefficientCount,
  onlyToken,
  type Site,
  type Token,
  type TokenLanguage,
  tokenNames,
  walk,
} from "../codec/index.ts";
import { choicesOf, goOn } from "./choosing.ts";
import {
  type Drawing,
  type DrawRequest,
  type Sampler,
  sideBySide,
  unconditioned,
} from "./model.ts";
import { guidanceAt, guide, isGuided, tokenSampling } from "./sampling.ts";

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
interface Draft<Follower> extends Question<Follower> {
  readonly index: number;
  readonly request: DrawRequest;
  readonly steps: ReturnType<typeof walk>;
  readonly tokens: number[];
  /** The same question without class and words, where guidance asks it. */
  readonly free: Question<Follower> | undefined;
}

/**
 * Draws images side by side, one token of each at a time. What the walk knows takes the place of a key/value cache: the
 * cost of a token does not grow with the stream. A row that is done takes up the next request.
 */
export function createSampler<Follower extends WalkFollower>({
  language,
  follow,
  answers: answersFor,
}: AnsweringModel<Follower>): Sampler {
  type Asked = Question<Follower>;
  type Drafted = Draft<Follower>;
  const vocabulary = tokenNames[language.vocabulary].length;

  /** A draft at its first decision, or the finished drawing of an image that has none. */
  const begin = (request: DrawRequest, index: number, guided: boolean): Drafted | Drawing => {
    const { startingPlane } = request;
    const approximation = new Float64Array(coefficientCount(language.geometry));
    const steps = walk(language, startingPlane, approximation);
    const first = steps.next();
    if (first.done) return { startingPlane, tokens: new Uint8Array(), approximation };
    const question = (asked: DrawRequest): Asked => ({
      ...{ approximation, site: first.value }, // the walk moves its one site along
      follower: follow(asked),
    });
    const free = guided ? question(unconditioned(request)) : undefined;
    return { ...question(request), index, request, steps, tokens: [], free };
  };

  /** Gives the walk a token, and all that follow without another choice in the same stage; true at the end. */
  const take = (
    { request, steps, site, approximation, tokens, follower }: Drafted,
    first: Token,
  ) => {
    for (let token: Token | undefined = first; token !== undefined; ) {
      tokens.push(token);
      if (steps.next(token).done) return true; // the walk moves the draft's site along
      token = follower.isIn(site)
        ? onlyToken(choicesOf(request, site, approximation, tokens.length))
        : undefined;
    }
    return false;
  };

  return {
    async draw(requests, sampling, onProgress = () => {}) {
      const rows = Math.min(sideBySide, requests.length);
      const guided = isGuided(sampling);
      const weightAt = guidanceAt(language, sampling);
      const samplingAt = tokenSampling(language, sampling);
      await using answers = await answersFor(guided ? 2 * rows : rows, requests);
      const drawings: Drawing[] = new Array(requests.length);
      const waiting = requests.entries();
      const nextDraft = (): Drafted | undefined => {
        for (let next = waiting.next(); !next.done; next = waiting.next()) {
          const [index, request] = next.value;
          const started = begin(request, index, guided);
          if ("steps" in started) return started;
          drawings[index] = started;
        }
        return undefined;
      };

      const drafts = Array.from({ length: rows }, nextDraft);
      let drawn = 0;
      while (drafts.some(Boolean)) {
        // A stage is of one scale, so its summary is asked for at its beginning or not at all.
        const free = drafts.map((draft) =>
          draft && weightAt(draft.site) !== 1 ? draft.free : undefined,
        );
        const logits = await answers.ask(guided ? [...drafts, ...free] : drafts);
        const logitsOf = (row: number) => logits.subarray(row * vocabulary, (row + 1) * vocabulary);
        for (const [row, draft] of drafts.entries()) {
          if (!draft) continue;
          const { index, request, site, approximation, tokens } = draft;
          const own = logitsOf(row);
          if (free[row]) guide(own, logitsOf(rows + row), weightAt(site));
          const position = tokens.length;
          const standing = { request, site, known: approximation, position };
          const isDone = take(draft, goOn(standing, own, samplingAt(site)));
          drawn += tokens.length - position;
          if (!isDone) continue;
          const { startingPlane } = request;
          drawings[index] = { startingPlane, tokens: Uint8Array.from(tokens), approximation };
          drafts[row] = nextDraft();
        }
        onProgress(drawn);
      }
      return drawings;
    },
  };
}
