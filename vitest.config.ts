import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "scripts/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // V8 keeps a list of its pages of code; threads that compile WebAssembly at once make it abort the process where the processor
    // has protection keys ("Check failed: jit_page.has_value()").
    execArgv: ["--no-memory-protection-keys"],
    testTimeout: 60_000,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
