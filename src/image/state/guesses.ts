import { type Site, SiteKind } from "../../codec/index.ts";
import { concat, constant, type Tensor } from "../../graph/index.ts";
import { ones, zeros } from "../../nn/initializers.ts";
import { widthOf } from "../../nn/layers/layers.ts";
import type { Scope } from "../../nn/parameters.ts";
import type { ImageLanguage } from "../language/language.ts";
import { coarseOffsets } from "../words/coarseCorner.ts";

/** Most coefficients that one decision is about: those of a block. */
export const mostMembers = 16;
/** Numbers that say how a decision asks about them. */
export const askedWidth = 2;

/**
 * Guessed coarse coefficients, `[guesses, coarse + 1]`: the means of their class, int32 `[guesses]`, which is -1 where it is not
 * told, and on top what words say of them in units of their standard deviations, `[guesses, coarse]`. The last is 0, for
 * coefficients of which nothing is guessed. Means and deviations are those of the training images at the start.
 */
export function guessedCoefficients(
  p: Scope,
  said: Tensor,
  label: Tensor,
  classes: number,
): Tensor {
  const width = widthOf(said);
  // Kernels do not decay: zero is no better a start for them than where they are.
  const means = p.get("means", [classes + 1, width], zeros, { role: "kernel" });
  const deviations = p.get("deviations", [classes + 1, width], ones, { role: "kernel" });
  const row = label.add(1);
  const guess = means.gather(row).add(said.mul(deviations.gather(row)));
  const none = constant(new Float32Array(guess.shape[0]!), [guess.shape[0]!, 1]);
  return concat([guess, none], 1);
}

/**
 * What a guess says of decisions, `[n, numbers]`: the guessed values of the coefficients that each is about, `[n, members]`, in
 * units of its threshold: their sum, what the sum exceeds what is known by, and their norm. `asked`, `[n, 2]`, are one by the
 * threshold, and the known value of a single coefficient in its units.
 */
export function guessOfDecisions(members: Tensor, asked: Tensor): Tensor {
  const inverse = asked.slice(1, 0, 1);
  const relative = members.mul(inverse);
  const sum = relative.sum(1, { keepDims: true });
  const norm = relative.square().sum(1, { keepDims: true }).add(1e-6).sqrt();
  const beyond = sum.sub(asked.slice(1, 1, 2));
  const numbers = [sum, norm, beyond];
  return concat([...numbers.map(bounded), ...numbers.map((x) => bounded(x.mul(1 / 4)))], 1);
}

/** x / (1 + |x|) */
const bounded = (x: Tensor): Tensor => x.div(x.abs().add(1));

/** Tells which guessed coefficients a decision is about. */
export interface GuessAsker {
  /** Places of a guess: the coarse coefficients and the one of which nothing is guessed. */
  readonly places: number;
  /** Writes the places of the members, each plus `base`, into `members` from `at` on; `mostMembers` of them. */
  writeMembers(members: Int32Array, at: number, base: number, site: Site): void;
  /** Writes how they are asked about: `askedWidth` numbers. */
  writeAsked(out: Float32Array, at: number, site: Site, approximation: Float64Array): void;
}

export function guessAsker(language: ImageLanguage): GuessAsker {
  const { width } = language.tokens.geometry;
  const offsets = coarseOffsets(language);
  const none = offsets.length;
  const placeOf = new Map(offsets.map((offset, place) => [offset, place]));
  return {
    places: none + 1,
    writeMembers(members, at, base, site) {
      const side = sideOf(site);
      members.fill(base + none, at, at + mostMembers);
      for (let i = 0; i < side; i++) {
        for (let j = 0; j < side; j++) {
          const place = placeOf.get(site.offset + i * width + j);
          if (place !== undefined) members[at + i * side + j] = base + place;
        }
      }
    },
    writeAsked(out, at, site, approximation) {
      out[at] = 1 / site.threshold;
      out[at + 1] = sideOf(site) === 1 ? approximation[site.offset]! / site.threshold : 0;
    },
  };
}

/** Rows and columns of coefficients that a decision is about. A tree is told by its head. */
const sideOf = ({ kind }: Site): number =>
  kind === SiteKind.block ? 4 : kind === SiteKind.quad ? 2 : 1;
