import { UserError } from "../errors/userError.ts";
import type { Plan } from "../train/plan.ts";
import { type FamilyTable, familyOf } from "./families.ts";
import type { Init, Preparation } from "./family.ts";
import { widthFor } from "./fit/sizing.ts";
import type { FieldConfig } from "./run.ts";
import type { Signal } from "./signal/signal.ts";

/** A field to be. */
export interface FieldRequest {
  /** The signal's file, for the record. */
  readonly path: string;
  /** Name of the family. */
  readonly model: string;
  /** Real parameters, as near as a whole width comes. */
  readonly parameters: number;
  /** Bytes of the field's file, instead of a number of parameters. */
  readonly bytes?: number;
  /** What was done to the signal, for the record. */
  readonly preparation?: Preparation;
  readonly seed?: number;
  /** Called with a sentence where the request is lowered to what the signal can use. */
  readonly notice?: (sentence: string) => void;
  /** How to train it; of a trained family alone. */
  readonly training?: {
    /** Where atoms start; on the signal's maxima by default. */
    readonly init?: Init;
    /** Highest learning rate; the family's by default. */
    readonly peak?: number;
    /** Points of a step; 65,536 by default. */
    readonly batch?: number;
    readonly plan: Plan;
  };
}

/** Points of a step, where nothing else is asked for. */
const usualBatch = 65_536;

/**
 * The configuration of a new field, for `fitField`: chooses the width. Throws UserError where it would be too small, or a
 * trained family has no plan.
 */
export function createField(
  signal: Signal,
  { path, model, preparation, parameters, bytes, seed = 1, training, notice }: FieldRequest,
  own: FamilyTable = {},
): FieldConfig {
  const family = familyOf(model, own);
  const { channels, rate, range, size: grid } = signal;
  const dimensions = grid.length;
  const most = family.mostParameters?.({ grid, channels }) ?? Number.POSITIVE_INFINITY;
  if (bytes !== undefined && !(family.kind === "solved" && family.packing))
    throw new UserError(`${model} is not kept in bytes; ask for parameters of it`);
  const wanted = bytes === undefined ? parameters : most;
  if (wanted > most)
    notice?.(
      `${path} can use ${most} parameters of ${model}; its field has no more, not ${wanted}`,
    );
  // How many a field of so many bytes has is known when it is solved.
  const wish = { dimensions, channels, grid, parameters: Math.min(wanted, most) };
  const width = widthFor(family, wish);
  if (family.kind === "trained" && !training)
    throw new UserError(`${model} needs a plan to train by`);
  return {
    kind: "field",
    format: 2,
    model,
    size: { dimensions, channels, width, grid },
    signal: {
      ...{ path, size: grid },
      ...(rate !== undefined && { rate }),
      ...(range && { range }),
    },
    ...(bytes !== undefined && { bytes }),
    ...(preparation && { preparation }),
    seed,
    ...(family.kind === "trained" &&
      training && {
        training: {
          init: training.init ?? "maxima",
          peak: training.peak ?? family.rate,
          batch: training.batch ?? usualBatch,
        },
        plan: training.plan,
      }),
  };
}
