import { tokenNames } from "../../codec/tokens.ts";
import type { Random } from "../../data/random/random.ts";
import { input } from "../../graph/index.ts";
import { muon } from "../../nn/optimizers/muon.ts";
import { steepest } from "../../nn/optimizers/polar.ts";
import { layoutOf } from "../../nn/parameters.ts";
import type { Batch } from "../../train/trainable.ts";
import { examplesToFit } from "../chances.ts";
import { createSampler } from "../drawSideBySide.ts";
import { hasNoLength, type ImageModel, type ModelSetting, type TrainingImages } from "../model.ts";
import { perScale } from "../scales.ts";
import { wordsDescription } from "../words/wordSetting.ts";
import { createAnswers } from "./answers.ts";
import { decisionBatches } from "./batches.ts";
import { cellWords } from "./cellWords.ts";
import { decisionTable, type TableSize, tableRows } from "./decisions.ts";
import { createDescriber } from "./describer.ts";
import { decisionBits, decisionLogits } from "./graph.ts";
import { fitImportance } from "./importance.ts";
import type { StateOptions } from "./options.ts";
import { createScorer } from "./score.ts";
import { gridSide } from "./stateSummary.ts";

/** Fewest images of a batch; of large images a smaller share of the decisions is kept instead. */
const fewestImages = 4;
/** Images that the chances of decisions to be kept are fitted on. */
const importanceImages = 1000;
/** Rows are planned to be filled up to here, so that they seldom overflow. */
const filling = 0.94;

/**
 * The model designed for this language: no attention. The state of the walk says all that the tokens before have said,
 * so each decision is answered by a small network that sees the question and the state around it, with a summary of the
 * whole picture that is made once for each stage. Training keeps the decisions worth learning from.
 */
export function stateModel(setting: ModelSetting, options: StateOptions): ImageModel {
  const describer = createDescriber(setting, options.sight);
  const { language } = setting;
  const { rows } = options;
  /** The shape of a batch is its number of images: it says how many decisions and states there can be. */
  const tableSize = (images: number): TableSize => ({
    rows: tableRows(setting, rows, images),
    states: images * describer.stages,
    images,
  });
  const tokens = tokenNames[language.tokens.vocabulary].join(", ");
  const layout = layoutOf((p) => decisionBits(p, describer, tableSize(1), options));

  return {
    layout,
    rate: { peak: options.peak, warmup: 100, decayFrom: 0.15, floor: 0.01 },
    optimizer: muon({ polynomials: steepest(3), adamw: { beta2: 0.98, weightDecay: 0.1 } }),
    objective: (shape) => (p) => {
      const size = tableSize(shape);
      const bits = decisionBits(p, describer, size, options);
      const weighted = perScale((scale) =>
        bits[scale].mul(input(`${scale}.weight`, [size.rows[scale]])).sum(),
      );
      const loss = weighted.shape.add(weighted.detail);
      return { loss, metrics: { bitsPerImage: loss.mul(input("decisionsPerImage", [])) } };
    },
    batches(training: TrainingImages, random: Random) {
      let images = fewestImages;
      const importance = fitImportance(
        examplesToFit(training, importanceImages, random.fork("importance")),
        {
          language: language.tokens,
          scaleOf: describer.scaleOf,
          kept(decisionsPerImage) {
            const all = rows.shape + rows.detail;
            const wanted = (filling * all) / (decisionsPerImage * options.share);
            images = Math.max(fewestImages, Math.floor(wanted));
            return perScale((scale) => (filling * rows[scale]) / images);
          },
        },
      );
      const { decisionsPerImage } = importance;
      const table = decisionTable(describer, tableSize(images));
      const plan = { training, images, decisionsPerImage, random: random.fork("batches") };
      const batch = decisionBatches(describer, table, importance, plan);
      return (step): Batch => ({
        ...{ shape: images, examples: images },
        feeds: batch(step),
      });
    },
    scorer: (parameters, compile) => createScorer(describer, options, layout, parameters, compile),
    sampler: (parameters, compile) =>
      createSampler({
        language: language.tokens,
        follow: ({ label, startingPlane, words }) => ({
          ...describer.follow(label, startingPlane),
          ...{ label, words: cellWords(language, words) },
        }),
        answers: (rows, requests) =>
          createAnswers(describer, options, layout, parameters, {
            ...{ ...compile, rows },
            texts: 1 + Math.max(0, ...requests.map(({ words = [] }) => words.length)),
          }),
      }),
    outputs(p, { batch, length }) {
      if (length !== undefined) throw hasNoLength("the image model state");
      return decisionLogits(p, describer, batch, options);
    },
    descriptions: {
      site: "the decision and what is known around it; zeros at the end for a decision of a detail",
      state: "the whole picture as it is known at the start of the decision's stage",
      ...(setting.words && {
        words: wordsDescription(setting.words),
        label: "index of the class; -1 for none",
        members: "the guessed coefficients that a decision of the shape is about",
        asked: "one by the threshold, and the known value of a single coefficient in its units",
      }),
      cell: `the cell in which the decision lies, of a grid of ${gridSide}×${gridSide}`,
      shapeLogits: `logits of a decision in a band of up to 4×4 coefficients: ${tokens}`,
      detailLogits: `logits of a decision in a larger band: ${tokens}`,
    },
  };
}
