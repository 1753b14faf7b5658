/**
 * `ondelette/sequence` in a browser: corpora in memory, runs in a `RunStore`, and all kinds of data but byte pair encoding.
 */

export {
  type BrowserKindName as KindName,
  fitKind,
  kindNames,
  kindOf,
  kinds,
  openKind,
} from "./browserKinds.ts";
export {
  type BrowserSequenceRequest as SequenceRequest,
  createSequenceInMemory,
  openSequence,
} from "./browserRun.ts";
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
export { type Guess, guessOf } from "./classify/guess.ts";
export {
  drawExpression,
  expressionValue,
  type ListOpsOptions,
  listOpsTokens,
  longRangeArena,
} from "./classify/listops.ts";
export { type Readout, type ReadoutName, readoutNames, readouts } from "./classify/readout.ts";
export {
  type BuiltClassifier,
  buildClassifier,
  type ClassifierConfig,
  type ClassifierRun,
  classifierKind,
  openClassifier,
  readClassifierConfig,
} from "./classify/run.ts";
export { type ClassifierScore, openClassifierScorer } from "./classify/score.ts";
export type { Task } from "./classify/task.ts";
export { type TaskChoice, type TaskName, taskNames } from "./classify/taskChoice.ts";
export { classifierTrainable } from "./classify/trainable.ts";
export { type UsualClassifier, usualClassifiers } from "./classify/usualClassifiers.ts";
export { mixingTable } from "./compare/mixingTable.ts";
export { stepTimes } from "./compare/stepTimes.ts";
export {
  type BatchShape,
  evaluationBatches,
  type TokenBatch,
  trainingBatches,
} from "./corpus/batches.ts";
export { memoryCorpus, memoryDocument } from "./corpus/memoryCorpus.ts";
export type { Corpus, CorpusPart, Encoder, PrepareOptions } from "./corpus/parts.ts";
export { type Dependence, dependence } from "./dependence.ts";
export { type Design, type DesignName, designNames, designs } from "./design.ts";
export { evaluateSequence, type SequenceEvaluation } from "./evaluate.ts";
export { exportSequence, sequenceGraph } from "./exportSequence.ts";
export type { Alphabet, Document, Kind, KindOptions, Notice, Parts } from "./kind.ts";
export type {
  Alphabets,
  AnyAlphabet,
  AnyKind,
  KindChoice,
  OpenKind,
} from "./kinds/alphabets.ts";
export {
  between,
  composed,
  type Mixing,
  type MixingHooks,
  type MixingSite,
} from "./mixing/mixing.ts";
export {
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
  readSequenceConfig,
  type SequenceConfig,
  type SequenceOptions,
  type SequenceRun,
  sequenceKind,
} from "./run.ts";
export { drawSequence, type SequenceSampling } from "./sample.ts";
export type { MemorySequence, PrepareSequence } from "./sequenceRequest.ts";
export { type SequenceTraining, sequenceTrainable } from "./trainable.ts";
