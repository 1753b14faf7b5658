import type { FieldFamily } from "../../family.ts";
import { finer } from "./finer.ts";
import { gauss } from "./gauss.ts";
import { mfn } from "./mfn.ts";
import { relu } from "./relu.ts";
import { siren } from "./siren.ts";
import { wire } from "./wire.ts";
import { wire2d } from "./wire2d.ts";

/** Published families to compare with, with the settings published for pictures. */
export const baselines = {
  siren: siren(),
  wire: wire(),
  wire2d: wire2d(),
  finer: finer(),
  gauss: gauss(),
  relu: relu(),
  mfn: mfn(),
} as const satisfies Record<string, FieldFamily>;

export type BaselineName = keyof typeof baselines;
export const baselineNames = Object.keys(baselines) as readonly BaselineName[];
