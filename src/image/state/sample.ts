import { coefficientCount, onlyToken, type Token, walk } from "../../codec/index.ts";
import type { ParameterLayout } from "../../nn/parameters.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { choicesOf, goOn } from "../choosing.ts";
import {
  type Drawing,
  type DrawRequest,
  type Sampler,
  sideBySide,
  unconditioned,
} from "../model.ts";
import { guidanceAt, guide, isGuided, tokenSampling } from "../sampling.ts";
import { createAnswers, type Question } from "./answers.ts";
import { cellWords } from "./cellWords.ts";
import type { Describer } from "./describer.ts";
import type { NetworkSize } from "./network.ts";

/** An image being drawn: where its walk stands, and what has been said. */
interface Draft extends Question {
  readonly index: number;
  readonly request: DrawRequest;
  readonly steps: ReturnType<typeof walk>;
  readonly tokens: number[];
  /** The same question without class and words, where guidance asks it. */
  readonly free: Question | undefined;
}

/**
 * Draws images side by side, one token of each at a time. What the walk knows takes the place of a key/value cache: the
 * cost of a token does not grow with the stream. A row that is done takes up the next request.
 */
export function createSampler(
  describer: Describer,
  network: NetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: CompileOptions = {},
): Sampler {
  const language = describer.setting.language.tokens;
  const { tokens: vocabulary } = describer;

  /** A draft at its first decision, or the finished drawing of an image that has none. */
  const begin = (request: DrawRequest, index: number, guided: boolean): Draft | Drawing => {
    const { startingPlane } = request;
    const approximation = new Float64Array(coefficientCount(language.geometry));
    const steps = walk(language, startingPlane, approximation);
    const first = steps.next();
    if (first.done) return { startingPlane, tokens: new Uint8Array(), approximation };
    const question = (asked: DrawRequest): Question => ({
      ...{ approximation, site: first.value }, // the walk moves its one site along
      follower: describer.follow(asked.label, startingPlane),
      words: cellWords(describer.setting.language, asked.words),
    });
    const free = guided ? question(unconditioned(request)) : undefined;
    return { ...question(request), index, request, steps, tokens: [], free };
  };

  /** Gives the walk a token, and all that follow without another choice in the same stage; true at the end. */
  const take = ({ request, steps, site, approximation, tokens, follower }: Draft, first: Token) => {
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
      await using answers = await createAnswers(describer, network, layout, parameters, {
        ...{ ...options, rows: guided ? 2 * rows : rows },
        texts: 1 + Math.max(0, ...requests.map(({ words = [] }) => words.length)),
      });
      const drawings: Drawing[] = new Array(requests.length);
      const waiting = requests.entries();
      const nextDraft = (): Draft | undefined => {
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
