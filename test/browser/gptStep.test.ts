import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "vitest/browser";
import { relativeError } from "../evaluate.ts";
import { type GptStep, gptStep, layout } from "../gptStep.ts";

describe("a training step of a GPT in a browser", () => {
  let here: GptStep;
  let node: GptStep;
  beforeAll(async () => {
    const { gradients, ...rest } = await commands.nodeStep();
    const bytes = Uint8Array.from(atob(gradients), (character) => character.charCodeAt(0));
    node = { ...rest, gradients: new Float32Array(bytes.buffer) };
    here = await gptStep(navigator.hardwareConcurrency);
  }, 60_000);

  test("has threads: the page is cross-origin isolated", () => {
    expect(globalThis).toHaveProperty("crossOriginIsolated", true);
  });

  test("has the loss and the norm of the gradient of Node's native build, to 1e-5", () => {
    expect(Math.abs(here.loss / node.loss - 1)).toBeLessThan(1e-5);
    expect(Math.abs(here.gradientNorm / node.gradientNorm - 1)).toBeLessThan(1e-5);
  });

  test.each(layout.parameters.map(({ name }, i) => [name, i] as const))(
    "has the gradient of %s, to 1e-5",
    (_, i) => {
      const start = layout.parameters[i]!.offset;
      const end = layout.parameters[i + 1]?.offset ?? layout.size;
      const [ours, theirs] = [here, node].map(({ gradients }) => gradients.subarray(start, end));
      expect(relativeError(ours!, theirs!, 0)).toBeLessThan(1e-5);
    },
  );
});
