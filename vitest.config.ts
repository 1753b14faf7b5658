import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { library } from "./studio/build/library.ts";
import { alone } from "./test/alone.ts";

/** What only a page or a card has: see test/browser/vitest.config.ts and test/devices/vitest.config.ts. */
const elsewhere = [
  "test/browser/{element,gptStep,pictures,webgpu}.test.ts",
  "test/devices/*.test.ts",
];

/** Builds the library and opens it in a browser: `--project "!page"` leaves it out where a system's browser cannot be had. */
const pageOfLibrary = "test/browser.test.ts";

export default defineConfig({
  // What the studio's modules import as a user would.
  plugins: [library()],
  test: {
    pool: "forks",
    maxWorkers: 2,
    // Threads strip the types of sources by a module of WebAssembly. After 1,000 calls V8 replaces the module's wrappers of
    // JavaScript functions, and in a process with several threads it can abort when it frees the old ones ("Check failed:
    // jit_page.has_value()" in UnregisterWasmAllocation). With this budget they are never replaced. Packages need no stripping.
    execArgv: ["--wasm-wrapper-tiering-budget=1000000000"],
    // What Node compiles and strips of types is kept for the next process or thread, which then starts in half the time.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/ondelette/compiled"),
    },
    setupFiles: [join(import.meta.dirname, "test/sameBytesAreEqual.ts")],
    testTimeout: 60_000,
    // A second, the default, is too short where a machine is busy.
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", "./test/closingLine.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: [
            "src/**/*.test.ts",
            "studio/{src,examples}/**/*.test.ts",
            "scripts/**/*.test.ts",
            "test/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          exclude: [...elsewhere, ...alone, pageOfLibrary],
          isolate: false,
          // One project after the other: a process that is shared ends where the next file is of another project.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "alone", include: [...alone], sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: { name: "page", include: [pageOfLibrary], sequence: { groupOrder: 2 } },
      },
    ],
  },
});
