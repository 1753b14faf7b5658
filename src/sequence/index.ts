/** Text, sound and music: corpora as tokens, a GPT with a mixing between its blocks, runs; classifiers of sequences. */
export {
  type BatchShape,
  evaluationBatches,
  type TokenBatch,
  trainingBatches,
} from "./batches.ts";
export { type Corpus, type CorpusPart, openCorpus, prepareCorpus } from "./corpus.ts";
export { createSequence, type SequenceRequest } from "./createSequence.ts";
export { openDocuments } from "./documents.ts";
export { evaluateSequence, type SequenceEvaluation } from "./evaluate.ts";
export type { Document, Kind, KindOptions, Parts } from "./kind.ts";
export {
  type AnyAlphabet,
  fitKind,
  type KindName,
  kindNames,
  type OpenKind,
  openKind,
} from "./kinds.ts";
export { fromDelays, type Mixing } from "./mixing/mixing.ts";
export { type MixingName, mixingNames, mixingOf } from "./mixings.ts";
export { type SequenceSize, sequenceModel } from "./model.ts";
export {
  openSequence,
  type SequenceConfig,
  type SequenceOptions,
  type SequenceRun,
} from "./run.ts";
export { drawSequence, type SequenceSampling } from "./sample.ts";
export {
  type ClassifierSize,
  classifierModel,
  classifierScores,
  exampleInputs,
} from "./tasks/classifier.ts";
export {
  type Example,
  type ExampleBatch,
  type Examples,
  exampleBatches,
  examplesInOrder,
} from "./tasks/examples.ts";
export {
  drawExpression,
  expressionValue,
  type ListOpsOptions,
  listOpsTokens,
  longRangeArena,
} from "./tasks/listops.ts";
export {
  type ClassifierConfig,
  type ClassifierRequest,
  createClassifier,
  openClassifier,
  reopenTask,
} from "./tasks/run.ts";
export { type ClassifierScore, openClassifierScorer } from "./tasks/score.ts";
export type { Task } from "./tasks/task.ts";
export { openTask, type TaskChoice, type TaskName, taskNames } from "./tasks/tasks.ts";
export { type ClassifierResult, trainClassifier } from "./tasks/train.ts";
export { type SequenceResult, type SequenceTraining, trainSequence } from "./train.ts";
