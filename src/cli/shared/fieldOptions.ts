import { defaultMaxSize } from "../../field/signal/loadSignal.ts";
import type { Options } from "../parser/options.ts";

/** Options for reading a file as the signal that a field is fitted to. */
export const signalOptions = {
  channels: {
    type: "choice",
    choices: ["all", "gray"],
    default: "all",
    help: "gray mixes all channels to one",
  },
  channelAxis: {
    type: "choice",
    choices: ["first", "last"],
    otherwise: "none",
    help: "axis of an array that holds channels",
  },
  maxSize: {
    type: "integer",
    min: 1,
    max: 100_000,
    default: defaultMaxSize,
    help: "longest side of a picture, in pixels; larger ones are reduced",
  },
} as const satisfies Options;
