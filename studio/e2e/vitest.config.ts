import { defineConfig } from "vitest/config";

// One browser at a time, and one file after another: some tests measure frames.
export default defineConfig({
  test: {
    include: ["studio/e2e/**/*.test.ts"],
    globalSetup: ["studio/e2e/globalSetup.ts"],
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a page shows is waited for: a second, the default, is too short where a machine is busy.
    expect: { poll: { timeout: 30_000 } },
    reporters: ["default"],
  },
});
