import { makeFolder } from "../data/files/makeFolder.ts";
import type { Plan } from "../train/plan.ts";
import type { Preparation } from "./families/expansion/prepare.ts";
import { type FamilyName, families } from "./families.ts";
import type { Init } from "./family.ts";
import { widthFor } from "./fit/sizing.ts";
import { type FieldConfig, writeFieldConfig } from "./run.ts";
import type { Signal } from "./signal/signal.ts";

/** A field to be. */
export interface FieldRequest {
  /** The signal's file, for the record. */
  readonly path: string;
  readonly model: FamilyName;
  /** Real parameters, as near as a whole width comes. */
  readonly parameters: number;
  /** What was done to the signal, for the record. */
  readonly preparation?: Preparation;
  /** Where atoms start, in the families that have atoms; on the signal's maxima by default. */
  readonly init?: Init;
  /** Highest learning rate; the family's by default. */
  readonly peak?: number;
  /** Points of a step. */
  readonly batch: number;
  readonly seed: number;
  readonly plan: Plan;
}

/** Makes a field's folder: chooses the width, writes the configuration. Throws UserError where it would be too small. */
export async function createField(
  folder: string,
  signal: Signal,
  request: FieldRequest,
): Promise<FieldConfig> {
  const { path, model, preparation, parameters, batch, seed, plan } = request;
  const family = families[model];
  const dimensions = signal.size.length;
  const { channels, rate, range, size: grid } = signal;
  const width = widthFor(family, { dimensions, channels, grid, parameters });
  const config: FieldConfig = {
    format: 1,
    model,
    size: { dimensions, channels, width, grid },
    signal: {
      ...{ path, size: signal.size },
      ...(rate !== undefined && { rate }),
      ...(range && { range }),
    },
    ...(preparation && { preparation }),
    init: request.init ?? "maxima",
    peak: request.peak ?? family.rate,
    batch,
    seed,
    plan,
  };
  await makeFolder(folder);
  await writeFieldConfig(folder, config);
  return config;
}
