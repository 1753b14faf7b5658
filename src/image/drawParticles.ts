import { tokenNames } from "../codec/index.ts";
import { UserError } from "../errors/userError.ts";
import {
  type AnsweringModel,
  beginDraft,
  type Draft,
  finished,
  type WalkFollower,
} from "./answering.ts";
import { goOnWeighed } from "./choosing.ts";
import { type Drawing, type DrawRequest, type Particles, sideBySide } from "./model.ts";
import { effectiveCount, normalized, pickOne, resample } from "./resample.ts";
import { guidanceAt, guide, type ImageSampling, isGuided, tokenSampling } from "./sampling.ts";
import { scaleNames } from "./scales.ts";

/** Particles are resampled where they are worth fewer than this share of their number. */
const leastShare = 0.6;

/** One of the drawings of an image. */
interface Particle<Follower> {
  readonly draft: Draft<Follower>;
  /** ln of its weight since the last resampling. */
  logWeight: number;
  /** It waits at the start of a plane for the others of its image, or its walk is done. */
  state: "drawing" | "waiting" | "done";
}

/** An image with its particles. */
interface Group<Follower> {
  readonly index: number;
  readonly request: ParticleRequest;
  particles: Particle<Follower>[];
}

type ParticleRequest = DrawRequest & { readonly particles: Particles };

/**
 * Draws images of which a part is given by sequential Monte Carlo (Gordon, Salmond and Smith 1993). A drawing decides a token before it
 * knows whether what is kept will fit to it. So `count` drawings of an image, its particles, grow side by side. Each is
 * weighted by p/q of its tokens, where p is the way of sampling if nothing were kept, and q that with which the token was drawn;
 * a kept token has q = 1, so that a particle which makes it improbable loses weight. After each plane particles are drawn
 * anew in proportion to their weights, and go on as copies; at the end one is drawn. With more and more particles its
 * distribution becomes that of the way of sampling, given what is kept. Cuts by top-p and top-k change q alone.
 *
 * It costs more than `count` times as much: the network is asked about kept tokens too. Throws UserError for temperature 0, and
 * for languages in the order `coefficients`, which come to the last plane at once.
 */
export async function drawParticles<Follower extends WalkFollower>(
  model: AnsweringModel<Follower>,
  requests: readonly DrawRequest[],
  sampling: ImageSampling,
  onProgress: (tokens: number) => void,
): Promise<Drawing[]> {
  const { language } = model;
  if (language.order === "coefficients")
    throw new UserError(
      "particles compete after each plane: lossless models have none in their order",
    );
  if (isFrozen(sampling)) throw new UserError("particles need a temperature above 0");
  const vocabulary = tokenNames[language.vocabulary].length;
  const guided = isGuided(sampling);
  const weightAt = guidanceAt(language, sampling);
  const samplingAt = tokenSampling(language, sampling);
  const drawings: Drawing[] = new Array(requests.length);
  const waiting = requests.entries();
  let drawn = 0;

  const begin = (request: ParticleRequest) =>
    beginDraft(model, { ...request, ...request.particles.choosing() }, guided);

  const nextGroup = (): Group<Follower> | undefined => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const [index, asked] = next.value;
      const single = { count: 1, choosing: () => asked };
      const request = { ...asked, particles: asked.particles ?? single };
      const drafts = Array.from({ length: request.particles.count }, () => begin(request));
      const particles = drafts.flatMap((draft) =>
        "steps" in draft ? [{ draft, logWeight: 0, state: "drawing" as const }] : [],
      );
      if (particles.length > 0) return { index, request, particles };
      drawings[index] = drafts[0] as Drawing; // none of its drafts has a decision
    }
    return undefined;
  };

  /** The same draft, with a walk of its own. */
  const copy = (of: Draft<Follower>, request: ParticleRequest): Draft<Follower> => {
    const draft = begin(request) as Draft<Follower>; // it has a decision: `of` has
    for (const token of of.tokens) {
      const { tokens, site, approximation, steps } = draft;
      draft.request.allowed?.(site, approximation, tokens.length); // it is to be asked about every site
      tokens.push(token);
      steps.next(token);
    }
    return draft;
  };

  /** Goes on with the particles of an image once all of them wait; undefined if it is done. */
  const compete = (group: Group<Follower>): Group<Follower> | undefined => {
    const { particles, request } = group;
    if (particles.some(({ state }) => state === "drawing")) return group;
    const weights = normalized(particles.map(({ logWeight }) => logWeight));
    if (particles.every(({ state }) => state === "done")) {
      const chosen = particles[pickOne(weights, request.random.uniform())]!; // one each weight
      const drawing = finished(chosen.draft);
      drawings[group.index] = drawing;
      drawn += drawing.tokens.length;
      return undefined;
    }
    if (effectiveCount(weights) < leastShare * particles.length) {
      const copies = resample(weights, request.random.uniform());
      group.particles = particles.flatMap((particle, k) =>
        Array.from({ length: copies[k]! }, (_, n) => ({
          draft: n === 0 ? particle.draft : copy(particle.draft, request),
          logWeight: 0,
          state: particle.state,
        })),
      );
    }
    for (const particle of group.particles)
      if (particle.state === "waiting") particle.state = "drawing";
    return group;
  };

  const most = Math.max(...requests.map(({ particles }) => particles?.count ?? 1));
  const side = Math.min(requests.length, Math.max(1, Math.floor(sideBySide / most)));
  const rows = side * most;
  await using answers = await model.answers(guided ? 2 * rows : rows, requests);
  const groups = Array.from({ length: side }, nextGroup);
  while (groups.some(Boolean)) {
    const asked = groups.flatMap((group) =>
      Array.from({ length: most }, (_, k) => {
        const particle = group?.particles[k];
        return particle?.state === "drawing" ? particle : undefined;
      }),
    );
    const questions = asked.map((particle) => particle?.draft);
    const free = questions.map((draft) =>
      draft && weightAt(draft.site) !== 1 ? draft.free : undefined,
    );
    const logits = await answers.ask(guided ? [...questions, ...free] : questions);
    const logitsOf = (row: number) => logits.subarray(row * vocabulary, (row + 1) * vocabulary);
    for (const [row, particle] of asked.entries()) {
      if (!particle) continue;
      const { request, site, approximation, tokens, steps } = particle.draft;
      const { plane } = site;
      const own = logitsOf(row);
      if (free[row]) guide(own, logitsOf(rows + row), weightAt(site));
      const standing = { request, site, known: approximation, position: tokens.length };
      const { token, logWeight } = goOnWeighed(standing, own, samplingAt(site));
      particle.logWeight += logWeight;
      tokens.push(token);
      if (steps.next(token).done) particle.state = "done";
      else if (site.plane !== plane) particle.state = "waiting";
    }
    for (const [k, group] of groups.entries()) if (group) groups[k] = compete(group) ?? nextGroup();
    onProgress(drawn);
  }
  return drawings;
}

/** Whether some token can only be the likeliest one. */
const isFrozen = ({ temperature = 1, cooling }: ImageSampling): boolean =>
  cooling?.factor === 0 ||
  scaleNames.some(
    (scale) => (typeof temperature === "number" ? temperature : temperature[scale]) === 0,
  );
