import { UserError } from "../errors/userError.ts";
import type { Plan } from "../train/plan.ts";
import {
  type Check,
  CheckError,
  integer,
  list,
  number,
  object,
  oneOf,
  optional,
  text,
} from "../train/run/checks.ts";
import { type RunConfig, type RunKind, runChecks } from "../train/run/config.ts";
import { openRun, type RunStore, readConfig } from "../train/run/runStore.ts";
import { type FamilyTable, familyOf } from "./families.ts";
import { type FieldSize, type Init, inits, type Preparation, sampleKinds } from "./family.ts";
import { type BuiltField, buildField, type Field } from "./field.ts";
import type { ValueRange } from "./signal/signal.ts";

/** `config.json` of a field: everything it is made from, resolved. */
export interface FieldConfig extends RunConfig {
  readonly kind: "field";
  readonly format: 2;
  /** Name of its family. */
  readonly model: string;
  readonly size: FieldSize;
  /** The signal that it was fitted to: for the record, and for views of its own size. */
  readonly signal: {
    readonly path: string;
    /** Samples along each axis. */
    readonly size: readonly number[];
    /** Samples per second, of a sound. */
    readonly rate?: number;
    /** The numbers of its source that -1 and 1 stand for, where they are not black and white or full scale. */
    readonly range?: ValueRange;
  };
  /** Bytes of the file, where they and not the parameters were asked for. */
  readonly bytes?: number;
  /** Preprocessing of the signal; none by default. */
  readonly preparation?: Preparation;
  /** How a trained field is trained; absent of a solved one. */
  readonly training?: {
    /** Where atoms start, in the families that have atoms. */
    readonly init: Init;
    /** Highest learning rate. */
    readonly peak: number;
    /** Points of a step; all of them where there are fewer. */
    readonly batch: number;
  };
  readonly plan?: Plan;
}

/** The file of a run that holds a compressed field, in the place of a checkpoint. */
export const packedName = "field.ondl";

/** A fitted field that is kept. */
export interface SavedField extends Field {
  readonly config: FieldConfig;
}

const lengths = list(integer({ min: 1 }));

const check = object({
  kind: oneOf(["field"]),
  format: oneOf([2]),
  seed: runChecks.seed,
  plan: optional(runChecks.plan),
  model: text,
  size: object({
    dimensions: integer({ min: 1, max: 3 }),
    channels: integer({ min: 1 }),
    width: integer({ min: 1 }),
    grid: optional(lengths),
  }),
  signal: object({
    path: text,
    size: lengths,
    rate: optional(number({ min: 0, above: true })),
    range: optional(((value) => value) as Check<ValueRange>),
  }),
  bytes: optional(integer({ min: 1 })),
  preparation: optional(
    object({
      denoise: optional(((value, at) =>
        value === "auto" ? value : number({ min: 0, above: true })(value, at)) as Check<
        number | "auto"
      >),
      samples: optional(oneOf(sampleKinds)),
    }),
  ),
  training: optional(
    object({
      init: oneOf(inits),
      peak: number({ min: 0, above: true }),
      batch: integer({ min: 1 }),
    }),
  ),
});

/** Runs of fields; `own` holds families that are not built in. */
export const fieldKind = (own: FamilyTable = {}): RunKind<FieldConfig, BuiltField> => ({
  kind: "field",
  format: 2,
  check: (value, at) => {
    const config = check(value, at);
    const { kind } = familyOf(config.model, own);
    if (kind === "trained" && !(config.training && config.plan)) {
      throw new CheckError(`${config.model} is a trained family: training and plan must be there`);
    }
    return config;
  },
  build: ({ model, size }) => buildField(familyOf(model, own), size),
});

/** Reads a field's configuration. Throws UserError where there is no field, or a key is wrong. */
export const readFieldConfig = (store: RunStore, own: FamilyTable = {}): Promise<FieldConfig> =>
  readConfig(fieldKind(own), store);

/**
 * Opens a fitted field from its files. Throws UserError where something is missing, damaged or of another model. Families
 * that are not built in are given in `own`, by the name that the field has for them.
 */
export async function openField(store: RunStore, own: FamilyTable = {}): Promise<SavedField> {
  const packed = await store.read(packedName);
  if (packed === undefined) {
    const { config, model, parameters } = await openRun(fieldKind(own), store);
    return { config, ...model, parameters, signal: config.signal };
  }
  const config = await readFieldConfig(store, own);
  const model = buildField(familyOf(config.model, own), config.size);
  const { family } = model;
  const path = store.path(packedName);
  if (family.kind !== "solved" || !family.packing)
    throw new UserError(`${path} is of another model than ${config.model}`, "damaged-file");
  const parameters = family.packing.unpack(packed, config.size, path);
  return { config, ...model, parameters, signal: config.signal };
}
