/** Text, sound and music: corpora as tokens, a GPT with a mixing between its blocks, runs; classifiers of sequences. */

export {
  type ClassifierSize,
  classifierModel,
  classifierScores,
  exampleInputs,
} from "./classify/classifier.ts";
export {
  type Example,
  type ExampleBatch,
  type Examples,
  exampleBatches,
  examplesInOrder,
} from "./classify/examples.ts";
export { classifierGraph, exportClassifier } from "./classify/exportClassifier.ts";
export {
  drawExpression,
  expressionValue,
  type ListOpsOptions,
  listOpsTokens,
  longRangeArena,
} from "./classify/listops.ts";
export {
  type BuiltClassifier,
  buildClassifier,
  type ClassifierConfig,
  type ClassifierRequest,
  type ClassifierRun,
  classifierKind,
  createClassifier,
  openClassifier,
  readClassifierConfig,
  reopenTask,
} from "./classify/run.ts";
export { type ClassifierScore, openClassifierScorer } from "./classify/score.ts";
export type { Task } from "./classify/task.ts";
export { openTask, type TaskChoice, type TaskName, taskNames } from "./classify/tasks.ts";
export { classifierTrainable } from "./classify/trainable.ts";
export {
  type CompareOptions,
  compareMixings,
  type MixingComparison,
  mixingTable,
} from "./compare/compareMixings.ts";
export { stepTimes } from "./compare/stepTimes.ts";
export {
  type BatchShape,
  evaluationBatches,
  type TokenBatch,
  trainingBatches,
} from "./corpus/batches.ts";
export {
  type Corpus,
  type CorpusPart,
  type Encoder,
  openCorpus,
  type PrepareOptions,
  prepareCorpus,
  reopenCorpus,
} from "./corpus/corpus.ts";
export { type OpenedDocuments, openDocuments } from "./corpus/documents.ts";
export {
  createSequence,
  fitCorpus,
  type PrepareSequence,
  type SequenceRequest,
} from "./createSequence.ts";
export { evaluateSequence, type SequenceEvaluation } from "./evaluate.ts";
export { exportSequence, sequenceGraph } from "./exportSequence.ts";
export type { Alphabet, Document, Kind, KindOptions, Notice, Parts } from "./kind.ts";
export {
  type Alphabets,
  type AnyAlphabet,
  type AnyKind,
  fitKind,
  type KindChoice,
  type KindName,
  kindNames,
  kindOf,
  kinds,
  type OpenKind,
  openKind,
} from "./kinds.ts";
export { fromDelays, type Mixing } from "./mixing/mixing.ts";
export {
  type MixingBuilder,
  type MixingName,
  type MixingTable,
  mixingNames,
  mixingOf,
} from "./mixings.ts";
export { type SequenceSize, sequenceModel } from "./model.ts";
export {
  type BuildSequence,
  type BuiltModel,
  buildSequence,
  type OwnSequence,
  openSequence,
  readSequenceConfig,
  type SequenceConfig,
  type SequenceOptions,
  type SequenceRun,
  sequenceFiles,
  sequenceKind,
} from "./run.ts";
export { drawSequence, type SequenceSampling } from "./sample.ts";
export { type SequenceTraining, sequenceTrainable } from "./trainable.ts";
