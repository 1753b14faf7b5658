import { defineConfig } from "vitest/config";
import { library } from "./studio/build/library.ts";

export default defineConfig({
  // What the studio's modules import as a user would.
  plugins: [library()],
  test: {
    include: [
      "src/**/*.test.ts",
      "studio/{src,examples}/**/*.test.ts",
      "scripts/**/*.test.ts",
      "test/**/*.test.ts",
      "bench/**/*.test.ts",
    ],
    // What only a page or a card has: see test/browser/vitest.config.ts and test/devices/vitest.config.ts.
    exclude: ["test/browser/{element,gptStep,pictures,webgpu}.test.ts", "test/devices/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Threads strip the types of sources by a module of WebAssembly. After 1,000 calls V8 replaces the module's wrappers of
    // JavaScript functions, and in a process with several threads it can abort when it frees the old ones ("Check failed:
    // jit_page.has_value()" in UnregisterWasmAllocation). With this budget they are never replaced. Packages need no stripping.
    execArgv: ["--wasm-wrapper-tiering-budget=1000000000"],
    testTimeout: 60_000,
    // A second, the default, is too short where a machine is busy.
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", "./test/closingLine.ts"],
  },
});
