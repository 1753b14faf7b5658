import "vitest/browser";
import type { NodePicture } from "./nodePictures.ts";
import type { NodeStep } from "./nodeStep.ts";

declare module "vitest/browser" {
  interface BrowserCommands {
    nodeStep(): Promise<NodeStep>;
    nodePictures(): Promise<readonly NodePicture[]>;
  }
}
