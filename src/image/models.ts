import { UserError } from "../errors/userError.ts";
import type { ImageModel, ModelSetting } from "./model.ts";
import { type PaperImageOptions, paperDefaults, paperImageModel } from "./paper/imageModel.ts";
import { stateModel } from "./state/model.ts";
import { type StateOptions, stateDefaults } from "./state/options.ts";
import { valueModel } from "./values/model.ts";
import { type ValueOptions, valueDefaults } from "./values/options.ts";

/** A kind of image model: its options, and how it is built for a setting. */
export interface ModelDefinition<Options = never> {
  readonly defaults: unknown;
  build(setting: ModelSetting, options: Options): ImageModel;
}

/** The models of the image language that are built in. */
export const models = {
  state: { defaults: stateDefaults, build: stateModel },
  values: { defaults: valueDefaults, build: valueModel },
  paper: { defaults: paperDefaults, build: paperImageModel },
} as const satisfies ModelTable;

/** Models by name: the ones built in, or one's own. */
export type ModelTable = Readonly<Record<string, ModelDefinition>>;

export type ModelName = keyof typeof models;
export const modelNames = Object.keys(models) as readonly ModelName[];

/** A built-in model by name, with all its options. */
export type ModelChoice =
  | { readonly name: "state"; readonly options: StateOptions }
  | { readonly name: "values"; readonly options: ValueOptions }
  | { readonly name: "paper"; readonly options: PaperImageOptions };

/** A model that is not built in: its name in a {@link ModelTable}, and options of the form of its `defaults`. */
export interface OwnModelChoice {
  readonly name: string;
  readonly options: unknown;
}

/** The model of a name with its default options. */
export const defaultModel = (name: ModelName): ModelChoice =>
  ({ name, options: models[name].defaults }) as ModelChoice;

/** Builds a model for a setting; `own` holds models that are not built in. Throws UserError where none has the name. */
export function buildModel(
  { name, options }: { readonly name: string; readonly options: unknown },
  setting: ModelSetting,
  own: ModelTable = {},
): ImageModel {
  const known: ModelTable = { ...models, ...own };
  const definition = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!definition) {
    throw new UserError(
      `there is no image model "${name}"; there are ${Object.keys(known).join(", ")}`,
      "not-found",
    );
  }
  return definition.build(setting, options as never); // each table entry pairs build with its own options
}
