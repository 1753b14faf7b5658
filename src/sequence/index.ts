/** Text, sound and music: corpora as tokens, a GPT with a mixing between its blocks, runs; classifiers of sequences. */

export {
  type ClassifierSize,
  classifierModel,
  classifierScores,
  exampleInputs,
} from "./classify/classifier.ts";
export {
  type ClassifierRequest,
  createClassifier,
  openClassifier,
  readClassifierConfig,
  reopenTask,
} from "./classify/createClassifier.ts";
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
  type ClassifierRun,
  classifierKind,
} from "./classify/run.ts";
export { type ClassifierScore, openClassifierScorer } from "./classify/score.ts";
export type { Task } from "./classify/task.ts";
export { type TaskChoice, type TaskName, taskNames } from "./classify/taskChoice.ts";
export { openTask } from "./classify/tasks.ts";
export { classifierTrainable } from "./classify/trainable.ts";
export {
  type CompareOptions,
  compareMixings,
  type MixingComparison,
} from "./compare/compareMixings.ts";
export { mixingTable } from "./compare/mixingTable.ts";
export { stepTimes } from "./compare/stepTimes.ts";
export {
  type BatchShape,
  evaluationBatches,
  type TokenBatch,
  trainingBatches,
} from "./corpus/batches.ts";
export { openCorpus, prepareCorpus, reopenCorpus } from "./corpus/corpus.ts";
export { type OpenedDocuments, openDocuments } from "./corpus/documents.ts";
export { memoryCorpus, memoryDocument } from "./corpus/memoryCorpus.ts";
export type { Corpus, CorpusPart, Encoder, PrepareOptions } from "./corpus/parts.ts";
export { createSequence, createSequenceInMemory, fitCorpus } from "./createSequence.ts";
export { evaluateSequence, type SequenceEvaluation } from "./evaluate.ts";
export { exportSequence, sequenceGraph } from "./exportSequence.ts";
export type { Alphabet, Document, Kind, KindOptions, Notice, Parts } from "./kind.ts";
export type {
  Alphabets,
  AnyAlphabet,
  AnyKind,
  KindChoice,
  KindName,
  OpenKind,
} from "./kinds/alphabets.ts";
export { fitKind, kindNames, kindOf, kinds, openKind } from "./kinds.ts";
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
  type SequenceConfig,
  type SequenceOptions,
  type SequenceRun,
  sequenceKind,
} from "./run.ts";
export { openSequence, readSequenceConfig, sequenceFiles } from "./runFolder.ts";
export { drawSequence, type SequenceSampling } from "./sample.ts";
export type { MemorySequence, PrepareSequence, SequenceRequest } from "./sequenceRequest.ts";
export { type SequenceTraining, sequenceTrainable } from "./trainable.ts";
