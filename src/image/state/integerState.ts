import { type Token, walk } from "../../codec/index.ts";
import { UserError } from "../../errors/userError.ts";
import { decay } from "../../nn/integer/decay.ts";
import { mlpUnits, quantizeMlp, runMlp } from "../../nn/integer/mlp.ts";
import { type IntegerKind, layersNamed } from "../integer/foretelling.ts";
import { writeFrequencies } from "../integer/frequencies.ts";
import { type PerScale, perScale, type Scale, scaleNames } from "../scales.ts";
import { createDescriber } from "./describer.ts";
import { cellBits, integerSummary, joined, quantizeSummary } from "./integerSummary.ts";
import type { StateOptions } from "./options.ts";

/** What the model is made of, of its options. */
export type IntegerStateOptions = Pick<StateOptions, "depth" | "sight">;

const namesOf = (scale: Scale, depth: number): readonly string[] =>
  ["site", ...Array.from({ length: depth - 1 }, (_, k) => `layer${k + 1}`), "token"].map(
    (layer) => `${scale}.${layer}`,
  );

/** What a decision hears of its cell is told in coarser units than the rest: see `cellBits`. */
const cellUnit = 2 ** (mlpUnits.told - cellBits);

/** The model `state` in integers, without words: a network of each scale is asked at every decision. */
export const integerState: IntegerKind<IntegerStateOptions> = {
  quantize(parameterOf, { depth }) {
    const weight = (name: string, scale: Scale) =>
      name.endsWith("site")
        ? joined([
            parameterOf(`${name}.weight`),
            parameterOf(`${scale}.cell.weight`).map((w) => w * cellUnit),
          ])
        : parameterOf(`${name}.weight`);
    const networks = scaleNames.flatMap((scale) => {
      const names = namesOf(scale, depth);
      const layers = quantizeMlp(
        names.map((name) => ({ weight: weight(name, scale), bias: parameterOf(`${name}.bias`) })),
      );
      return names.map((name, k) => [name, layers[k]!] as const); // one each
    });
    return new Map([...quantizeSummary(parameterOf), ...networks]);
  },
  foretell(layers, { depth, sight }, setting, productsOf) {
    if (setting.words) throw new UserError("a model that is told captions cannot be a codec");
    const { language } = setting;
    const describer = createDescriber(setting, sight);
    const { siteWidth, stateWidth, tokens } = describer;
    const summary = integerSummary(layers, describer, productsOf);
    const { cellWidth } = summary;
    const networks = perScale((scale) =>
      runMlp(
        layersNamed(layers, namesOf(scale, depth)),
        { inputs: siteWidth[scale] + cellWidth, outputs: tokens },
        productsOf,
      ),
    );
    const told: PerScale<Float32Array> = perScale((scale) => new Float32Array(siteWidth[scale]));
    const state = new Float32Array(stateWidth);
    const masses = new Float64Array(tokens);
    const frequencies = new Uint32Array(tokens);
    return {
      language,
      walk({ label, startingPlane }, approximation, next) {
        const follower = describer.follow(label, startingPlane);
        const steps = walk(language.tokens, startingPlane, approximation);
        let cells = new Int16Array(0);
        for (let step = steps.next(); !step.done; ) {
          const site = step.value;
          if (follower.enter(site, approximation)) {
            follower.writeState(state, 0, site, approximation);
            cells = summary.summarize(state) as Int16Array<ArrayBuffer>;
          }
          const scale = describer.scaleOf(site);
          follower.writeSite(told[scale], 0, site, approximation);
          const cell = follower.cellOf(site) * cellWidth;
          const heard = cells.subarray(cell, cell + cellWidth);
          writeMasses(masses, networks[scale].say(told[scale], heard), site.legal);
          writeFrequencies(frequencies, masses, site.legal);
          const token = next(site, frequencies);
          if (token === undefined) return;
          step = steps.next(token);
        }
      },
    };
  },
};

/** The softmax of the logits of legal tokens, but for a factor. */
function writeMasses(masses: Float64Array, logits: Int32Array, legal: number): void {
  const isLegal = (token: Token) => (legal >> token) & 1;
  let most = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < masses.length; token++)
    if (isLegal(token)) most = Math.max(most, logits[token]!);
  for (let token = 0; token < masses.length; token++)
    masses[token] = isLegal(token) ? decay(most - logits[token]!) : 0;
}
