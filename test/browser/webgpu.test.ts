import { expect, test } from "vitest";
import { input } from "../../src/graph/index.ts";
import { compile, type Device } from "../../src/runtime/index.ts";
import { someSteps, trainings } from "../devices/trainings.ts";
import { relativeError } from "../evaluate.ts";

/** What is used of WebGPU here. */
interface Gpu {
  readonly gpu?: { requestAdapter(): Promise<object | null> };
}

const adapter = await (navigator as Gpu).gpu?.requestAdapter();

test.skipIf(!adapter)(
  `WebGPU computes what the CPU does${adapter ? "" : " (skipped: this Chromium has no WebGPU)"}`,
  async () => {
    const x = input("x", [16, 24]);
    const outputs = {
      product: x.matmul(x, { transB: true, alpha: 0.5 }).gelu(),
      sum: x.square().sum(),
    };
    const feeds = { x: Float32Array.from({ length: 16 * 24 }, (_, i) => Math.sin(i)) };
    const on = async (device: Device) => {
      await using executable = await compile(outputs, { device });
      const { product, sum } = await executable.run(feeds);
      return [...Array.from(product, Number), Number(sum[0])];
    };
    expect(relativeError(await on("webgpu"), await on("cpu"))).toBeLessThan(1e-5);
  },
);

test.skipIf(!adapter)("five steps of a GPT whose state stays on WebGPU are the CPU's", async () => {
  const open = trainings["a GPT"]!; // it is there
  const there = await someSteps(await open(), 5, { device: "webgpu" });
  const here = await someSteps(await open(), 5, {});
  expect(relativeError(there.losses, here.losses)).toBeLessThan(1e-4);
  expect(relativeError(there.norms, here.norms)).toBeLessThan(1e-4);
});
