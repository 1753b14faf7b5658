import { modes } from "../../wavelets/extension/mode.ts";
import type { Options } from "../parser/options.ts";

/** Options of the discrete transforms. */
export const dwtOptions = {
  wavelet: {
    type: "string",
    placeholder: "NAME",
    default: "db4",
    help: "wavelet; `ondelette wavelet info` lists all",
  },
  levels: {
    type: "integer",
    min: 1,
    max: 30,
    otherwise: "as many as have a coefficient free of the ends",
    help: "levels of the transform",
  },
  mode: {
    type: "choice",
    choices: modes,
    default: "symmetric",
    help: "how the data continue beyond their ends",
  },
} as const satisfies Options;
