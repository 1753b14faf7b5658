/** Runs on the Hugging Face hub: upload with a model card, and download. */
export { describeRun } from "./describeRun.ts";
export {
  type CardOptions,
  modelCard,
  type RunDescription,
  type RunKind,
  type Score,
} from "./modelCard.ts";
export { type HubOptions, publicHub } from "./options.ts";
export { type Pulled, type PullOptions, pull } from "./pull.ts";
export { type Pushed, type PushOptions, push } from "./push.ts";
