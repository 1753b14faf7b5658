import type { ImageModel, ModelSetting } from "./model.ts";
import { paperDefaults, paperImageModel } from "./paper/imageModel.ts";
import { stateDefaults, stateModel } from "./state/model.ts";

/** The models of the language: their default options, and how they are built. */
const models = {
  state: { defaults: stateDefaults, build: stateModel },
  paper: { defaults: paperDefaults, build: paperImageModel },
} as const;

export type ModelName = keyof typeof models;
export const modelNames = Object.keys(models) as readonly ModelName[];

/** A model by name, with all its options. */
export type ModelChoice = {
  [K in ModelName]: { readonly name: K; readonly options: (typeof models)[K]["defaults"] };
}[ModelName];

/** The model of a name with its default options. */
export function defaultModel(name: ModelName): ModelChoice {
  return name === "state"
    ? { name, options: models[name].defaults }
    : { name, options: models[name].defaults };
}

/** Builds a model for a setting. */
export function buildModel(choice: ModelChoice, setting: ModelSetting): ImageModel {
  return choice.name === "state"
    ? models.state.build(setting, choice.options)
    : models.paper.build(setting, choice.options);
}
