import "vitest/browser";
import type { NodeStep } from "./nodeStep.ts";

declare module "vitest/browser" {
  interface BrowserCommands {
    nodeStep(): Promise<NodeStep>;
  }
}
