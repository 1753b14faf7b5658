import { tokenNames } from "../../codec/tokens.ts";
import type { Random } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { input } from "../../graph/index.ts";
import { muon } from "../../nn/optimizers/muon.ts";
import { steepest } from "../../nn/optimizers/polar.ts";
import { layoutOf, type Scope } from "../../nn/parameters.ts";
import { examplesToFit } from "../chances.ts";
import { createSampler } from "../drawSideBySide.ts";
import { hasNoLength, type ImageModel, type ModelSetting, type TrainingImages } from "../model.ts";
import { createValueAnswers } from "./answers.ts";
import { valueBatches } from "./batches.ts";
import { valueDescriber } from "./describer.ts";
import { fitValueImportance } from "./importance.ts";
import { valueBits } from "./mixture.ts";
import { sayMixture } from "./network.ts";
import type { ValueOptions } from "./options.ts";
import { createValueScorer } from "./score.ts";
import { valueTable } from "./table.ts";

/** Fewest images of a batch; of large images a smaller share of the coefficients is kept instead. */
const fewestImages = 4;
/** Images that the chances of coefficients to be kept are fitted on. */
const importanceImages = 300;
/** Rows are planned to be filled up to here, so that they seldom overflow. */
const filling = 0.96;

/**
 * The model of lossless pictures: it says the distribution of a coefficient's whole integer at once, as a mixture of logistic
 * distributions (Salimans et al. 2017), from what is known exactly of the picture before it. The probabilities of its tokens,
 * of sign and bits, follow. So a picture has a fifth as many questions as tokens. Throws UserError where the language does not
 * go coefficient by coefficient.
 */
export function valueModel(setting: ModelSetting, options: ValueOptions): ImageModel {
  const { language } = setting;
  if (language.tokens.order !== "coefficients")
    throw new UserError(
      "the image model values needs a lossless language of haar in blocks; state learns all languages",
    );
  if (setting.words) throw new UserError("the image model values is not told captions; state is");
  const describer = valueDescriber(setting, options.sight);
  const { width } = describer;
  const { rows, mixture } = options;
  const vocabulary = tokenNames[language.tokens.vocabulary].length;
  const answer = (p: Scope, count: number) =>
    sayMixture(p, input("sites", [count, width]), options);
  const layout = layoutOf((p) => answer(p, 1));
  return {
    layout,
    rate: { peak: options.peak, warmup: 100, decayFrom: 0.15, floor: 0.01 },
    optimizer: muon({ polynomials: steepest(3), adamw: { beta2: 0.98, weightDecay: 0.1 } }),
    objective: () => (p) => {
      const bits = valueBits(answer(p, rows), input("ranges", [rows, 3]), mixture);
      const bitsPerImage = bits.mul(input("weight", [rows])).sum();
      return { loss: bitsPerImage.div(input("valuesPerImage", [])), metrics: { bitsPerImage } };
    },
    batches(training: TrainingImages, random: Random) {
      let images = fewestImages;
      const examples = examplesToFit(training, importanceImages, random.fork("importance"));
      const importance = fitValueImportance(examples, describer, (valuesPerImage) => {
        const wanted = (filling * rows) / (Math.max(1, valuesPerImage) * options.share);
        images = Math.max(fewestImages, Math.floor(wanted));
        return (filling * rows) / images;
      });
      const valuesPerImage = Float32Array.of(Math.max(1, importance.valuesPerImage));
      const table = valueTable(describer, rows);
      const plan = { training, images, random: random.fork("batches") };
      const batch = valueBatches(describer, table, importance, plan);
      return (step) => ({
        ...{ shape: images, examples: images },
        feeds: { ...batch(step), valuesPerImage },
      });
    },
    scorer: (parameters, compile) =>
      createValueScorer(describer, options, layout, parameters, compile),
    sampler: (parameters, compile) =>
      createSampler({
        language: language.tokens,
        follow: ({ label, startingPlane }) => ({
          ...describer.follow(label, startingPlane),
          isIn: () => true,
        }),
        answers: (rows) =>
          createValueAnswers(describer, options, layout, parameters, {
            ...compile,
            ...{ rows, vocabulary },
          }),
      }),
    outputs(p, { batch, length }) {
      if (length !== undefined) throw hasNoLength("the image model values");
      return { mixture: answer(p, batch) };
    },
    descriptions: {
      sites: "the coefficient, what is known around it, and its range",
      mixture: "its distribution: logits of all parts, then places and log scales of the logistics",
    },
  };
}
