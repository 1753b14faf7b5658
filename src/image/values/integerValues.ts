import { type Token, tokenNames, walk } from "../../codec/index.ts";
import { UserError } from "../../errors/userError.ts";
import { quantizeMlp, runMlp } from "../../nn/integer/mlp.ts";
import { type IntegerKind, layersNamed } from "../integer/foretelling.ts";
import { writeFrequencies } from "../integer/frequencies.ts";
import { valueDescriber } from "./describer.ts";
import { integerMixtures, mostParts } from "./integerMixture.ts";
import { logisticsOf, type Mixture, mixtureWidth, points } from "./mixture.ts";
import type { ValueOptions } from "./options.ts";
import { tellTokenMasses } from "./tokenLogits.ts";

/** What the model is made of, of its options. */
export type IntegerValueOptions = Pick<ValueOptions, "depth" | "sight" | "mixture">;

const namesOf = (depth: number): readonly string[] => [
  ...Array.from({ length: depth }, (_, k) => (k === 0 ? "site" : `layer${k}`)),
  "mixture",
];

/** The model `values` in integers: a network is asked once a coefficient. */
export const integerValues: IntegerKind<IntegerValueOptions> = {
  quantize(parameterOf, { depth, mixture }) {
    if (points + logisticsOf(mixture) > mostParts)
      throw new UserError(`a mixture of more than ${mostParts} parts cannot be a codec`);
    const names = namesOf(depth);
    const layers = quantizeMlp(
      names.map((layer) => ({
        weight: parameterOf(`${layer}.weight`),
        bias: parameterOf(`${layer}.bias`),
      })),
    );
    return new Map(names.map((name, k) => [name, layers[k]!])); // one each
  },
  foretell(layers, { depth, sight, mixture: size }, setting, productsOf) {
    const { language } = setting;
    const { tokens } = language;
    const describer = valueDescriber(setting, sight);
    const numbers = { inputs: describer.width, outputs: mixtureWidth(size) };
    const network = runMlp(layersNamed(layers, namesOf(depth)), numbers, productsOf);
    const mixtures = integerMixtures(size);
    const told = new Float32Array(describer.width);
    const vocabulary = tokenNames[tokens.vocabulary].length;
    const masses = new Float64Array(vocabulary);
    const frequencies = new Uint32Array(vocabulary);
    const tell = (token: Token, mass: number) => {
      masses[token] = mass;
    };
    return {
      language,
      walk({ label, startingPlane }, approximation, next) {
        const follower = describer.follow(label, startingPlane);
        const { ranges } = follower;
        const steps = walk(tokens, startingPlane, approximation);
        let last = -1;
        let mixture: Mixture | undefined;
        for (let step = steps.next(); !step.done; ) {
          const site = step.value;
          const { offset } = site;
          if (offset !== last || !mixture) {
            last = offset;
            follower.enter(site, approximation);
            follower.write(told, 0, site, approximation);
            const [low, high] = [ranges.low(offset), ranges.high(offset)];
            mixture = mixtures(network.say(told), low, high);
          }
          masses.fill(0);
          tellTokenMasses(tell, mixture, site, approximation[offset]!, ranges.unit());
          writeFrequencies(frequencies, masses, site.legal);
          const token = next(site, frequencies);
          if (token === undefined) return;
          step = steps.next(token);
        }
      },
    };
  },
};
