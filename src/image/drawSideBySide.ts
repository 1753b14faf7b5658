import { onlyToken, type Token, tokenNames } from "../codec/index.ts";
import {
  type AnsweringModel,
  beginDraft,
  type Draft,
  finished,
  type WalkFollower,
} from "./answering.ts";
import { choicesOf, goOn } from "./choosing.ts";
import { drawParticles } from "./drawParticles.ts";
import { type Drawing, type Sampler, sideBySide } from "./model.ts";
import { guidanceAt, guide, isGuided, tokenSampling } from "./sampling.ts";

/**
 * Draws images side by side, one token of each at a time. What the walk knows takes the place of a key/value cache: the
 * cost of a token does not grow with the stream. A row that is done takes up the next request.
 */
export function createSampler<Follower extends WalkFollower>(
  model: AnsweringModel<Follower>,
): Sampler {
  const { language } = model;
  const vocabulary = tokenNames[language.vocabulary].length;

  /** Gives the walk a token, and all that follow without another choice in the same stage; true at the end. */
  const take = (
    { request, steps, site, approximation, tokens, follower }: Draft<Follower>,
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
      if (requests.some(({ particles }) => particles))
        return drawParticles(model, requests, sampling, onProgress);
      const rows = Math.min(sideBySide, requests.length);
      const guided = isGuided(sampling);
      const weightAt = guidanceAt(language, sampling);
      const samplingAt = tokenSampling(language, sampling);
      await using answers = await model.answers(guided ? 2 * rows : rows, requests);
      const drawings: Drawing[] = new Array(requests.length);
      const waiting = requests.entries();
      const nextDraft = (): (Draft<Follower> & { readonly index: number }) | undefined => {
        for (let next = waiting.next(); !next.done; next = waiting.next()) {
          const [index, request] = next.value;
          const started = beginDraft(model, request, guided);
          if ("steps" in started) return { ...started, index };
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
          drawings[index] = finished(draft);
          drafts[row] = nextDraft();
        }
        onProgress(drawn);
      }
      return drawings;
    },
  };
}
