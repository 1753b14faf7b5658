import { availableParallelism } from "node:os";
import type { Option } from "../parser/options.ts";

const threads = {
  type: "integer",
  min: 1,
  cap: { most: availableParallelism, reason: "this machine has no more cores" },
  help: "processor threads",
} as const;

/** The option `threads`: one for each core unless given, and never more. */
export const threadsOption = { ...threads, otherwise: "one per core" } as const satisfies Option;

/** The option `threads` of work that one thread does best. */
export const oneThreadOption = { ...threads, default: 1 } as const satisfies Option;

/** The option `seed`: the same seed gives the same results. */
export const seedOption = {
  type: "integer",
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
  default: 1,
  help: "random seed",
} as const satisfies Option;

/** The option `run` of commands that use a trained model. */
export const runOption = {
  type: "string",
  placeholder: "RUN",
  required: true,
  help: "run folder of a trained model",
} as const satisfies Option;

/** Options that shape the distribution that tokens are drawn from. */
export const samplingOptions = {
  temperature: {
    type: "number",
    min: 0,
    max: 100,
    default: 1,
    help: "divides the logits: below 1 is safer, 0 always takes the likeliest token",
  },
  topP: {
    type: "number",
    min: 0,
    max: 1,
    default: 1,
    help: "draw from the likeliest tokens that together have this probability",
  },
  topK: {
    type: "integer",
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    otherwise: "all tokens",
    help: "draw from so many of the likeliest tokens",
  },
  minP: {
    type: "number",
    min: 0,
    max: 1,
    default: 0,
    help: "draw from tokens with at least this share of the likeliest one's probability",
  },
} as const satisfies Record<string, Option>;
