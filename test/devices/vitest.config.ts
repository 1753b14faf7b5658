import { defineConfig } from "vitest/config";
import { root } from "../browser/browserEntries.ts";
import { vulkan } from "./vulkan.ts";

// Before ONNX Runtime is loaded, and its libraries look for their drivers.
const { environment, noWebGpu } = vulkan();
Object.assign(process.env, environment);
if (noWebGpu) console.warn(`tests of WebGPU: ${noWebGpu}`);

export default defineConfig({
  root,
  test: {
    include: noWebGpu ? [] : ["test/devices/*.test.ts"],
    passWithNoTests: noWebGpu !== undefined,
    pool: "forks",
    maxWorkers: 1, // a software driver has all cores for itself
    execArgv: ["--wasm-wrapper-tiering-budget=1000000000"],
    testTimeout: 600_000,
    reporters: ["default", "./test/closingLine.ts"],
  },
});
