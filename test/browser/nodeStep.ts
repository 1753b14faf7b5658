import type { BrowserCommand } from "vitest/node";
import { gptStep } from "../gptStep.ts";

/** A training step in Node, as it travels to the page. */
export interface NodeStep {
  readonly loss: number;
  readonly gradientNorm: number;
  /** The gradients' bytes in base64. */
  readonly gradients: string;
}

/** The training step of the GPT by Node's native build. */
export const nodeStep: BrowserCommand<[]> = async (): Promise<NodeStep> => {
  const { gradients, ...rest } = await gptStep(1);
  return { ...rest, gradients: Buffer.from(gradients.buffer).toString("base64") };
};
