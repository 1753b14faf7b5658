/**
 * Test files with a process of their own. All others share two processes, in which every module is loaded once: starting a
 * process and loading the modules anew takes most files longer than their tests. A file stands here if it changes what a
 * process has but once: its globals, its environment, its modules, its folder, its engine, or if it measures the memory.
 */
export const alone: readonly string[] = [
  "src/cli/commands/data.test.ts",
  "src/cli/commands/devices.test.ts",
  "src/cli/commands/hub.test.ts",
  "src/codec/indices/codeIndices.test.ts",
  "src/data/images/losslessRivals.test.ts",
  "src/element/loadByModel.test.ts",
  "src/image/file/depth.test.ts",
  "src/image/file/otherEngine.test.ts",
  "src/image/integer/otherEngine.test.ts",
  "src/nn/optimizers/longSum.test.ts",
  "src/runtime/engines/browser.test.ts",
  "src/runtime/engines/node.test.ts",
  "src/server/attacks.test.ts",
  "src/train/run/trainRun.test.ts",
  "src/train/steps/pace.test.ts",
  "src/wavelets/filterBank/withoutWebAssembly.test.ts",
  "test/docs.test.ts",
];

/** What a test file says where it changes, or measures, its whole process. */
export const changesItsProcess =
  /\bvi\.(stub|mock|doMock|useFakeTimers|setSystemTime|resetModules)|\bprocess\.(env\.\w+ = |env\[[^\]]+\] = |chdir\()|delete process\.env|\bglobalThis\.\w+ = |Object\.assign\(process|\bmemoryUsage\(|import\("onnxruntime-web/;
