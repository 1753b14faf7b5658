/** Text, sound and music: corpora as tokens, a transformer with a mixing, runs; classifiers of sequences. */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export type { ClassifierRequest } from "./classify/classifierConfig.ts";
export {
  createClassifier,
  openClassifier,
  readClassifierConfig,
  reopenTask,
} from "./classify/createClassifier.ts";
export { openTask } from "./classify/tasks.ts";
export { type ClassifierComparison, classifierSubject } from "./compare/classifierSubject.ts";
export {
  type CompareOptions,
  compareMixings,
  type MixingComparison,
  type MixingSubject,
} from "./compare/compareMixings.ts";
export { type SequenceComparison, sequenceSubject } from "./compare/sequenceSubject.ts";
export { openCorpus, prepareCorpus, reopenCorpus } from "./corpus/corpus.ts";
export { type OpenedDocuments, openDocuments } from "./corpus/documents.ts";
export { createSequence, createSequenceInMemory, fitCorpus } from "./createSequence.ts";
export type { KindName } from "./kinds/alphabets.ts";
export { fitKind, kindNames, kindOf, kinds, openKind } from "./kinds.ts";
export { openSequence, readSequenceConfig, sequenceFiles } from "./runFolder.ts";
export type { SequenceRequest } from "./sequenceRequest.ts";
