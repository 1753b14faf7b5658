import { defaultMaxSize } from "../../field/signal/loadSignal.ts";
import type { Options } from "../parser/options.ts";

/** Options that say how a file becomes the signal that fields are fitted to. */
export const signalOptions = {
  channels: {
    type: "choice",
    choices: ["all", "gray"],
    default: "all",
    help: "gray makes one channel of several",
  },
  channelAxis: {
    type: "choice",
    choices: ["first", "last"],
    help: "which axis of an array is of channels",
  },
  maxSize: {
    type: "integer",
    min: 1,
    default: defaultMaxSize,
    help: "pixels of a picture's longer side at most; larger ones are reduced",
  },
} as const satisfies Options;
