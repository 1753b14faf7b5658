import { UserError } from "../../errors/userError.ts";
import {
  type Check,
  CheckError,
  integer,
  like,
  list,
  object,
  oneOf,
  text,
} from "../../train/run/checks.ts";
import type { ImageLanguage, ImageLanguageOptions } from "../language/language.ts";
import { languageCheck, planesCheck } from "../language/languageCheck.ts";
import type { StartingPlaneCounts } from "../language/startingPlanes.ts";
import type { ImageConfig } from "../run.ts";
import type { IntegerStateOptions } from "../state/integerState.ts";
import { stateDefaults } from "../state/options.ts";
import type { IntegerValueOptions } from "../values/integerValues.ts";
import { valueDefaults } from "../values/options.ts";

/** A kind of model, and what it is made of. */
export type IntegerChoice =
  | { readonly name: "values"; readonly options: IntegerValueOptions }
  | { readonly name: "state"; readonly options: IntegerStateOptions };

/** What an integer model is, beside its weights. */
export interface IntegerModelConfig {
  readonly model: IntegerChoice;
  /** With its number of levels; pictures of all sizes have the same. */
  readonly language: ImageLanguageOptions & { readonly levels: number };
  /** Size of the pictures that it has learned. */
  readonly width: number;
  readonly height: number;
  readonly classNames: readonly string[];
  /** Whether it has learned pictures whose class is not told. */
  readonly classless: boolean;
  readonly startingPlanes: StartingPlaneCounts;
}

/** The options that count, as a file has them; others of the same model are those of training. */
const choices = {
  values: like({
    depth: valueDefaults.depth,
    sight: valueDefaults.sight,
    mixture: valueDefaults.mixture,
  }),
  state: like({ depth: stateDefaults.depth, sight: stateDefaults.sight }),
} as const;

const choiceCheck: Check<IntegerChoice> = (value, at) => {
  const { name, options } = object({
    name: oneOf(["values", "state"]),
    options: (options: unknown) => options,
  })(value, at);
  return { name, options: choices[name](options, `${at}.options`) } as IntegerChoice; // of its name
};

const configCheck: Check<IntegerModelConfig> = object({
  model: choiceCheck,
  language: languageCheck as Check<IntegerModelConfig["language"]>,
  width: integer({ min: 1 }),
  height: integer({ min: 1 }),
  classNames: list(text),
  classless: oneOf([true, false]),
  startingPlanes: list(planesCheck),
});

/** The configuration of the integer model of a run. Throws UserError where the run's model cannot be one. */
export function integerConfig(config: ImageConfig, { levels }: ImageLanguage): IntegerModelConfig {
  const { model, words, width, height, classNames, startingPlanes } = config;
  if (words || (model.name !== "values" && model.name !== "state"))
    throw new UserError(
      `a run of the model ${model.name}${words ? " with captions" : ""} cannot be a codec: one of values or state without captions can`,
    );
  const known = model.options as IntegerValueOptions; // the other's are among them
  const { depth, sight, mixture } = known;
  const content = {
    model: { name: model.name, options: { depth, sight, mixture } },
    language: { ...config.language, levels },
    ...{ width, height, classNames },
    classless: (config.classDropout ?? 0) > 0,
    startingPlanes,
  };
  // As it is read, with its keys in the order of the file.
  return readIntegerConfig(JSON.stringify(content), "the run");
}

/** Reads a configuration; `name` is for messages. Throws UserError where it is damaged. */
export function readIntegerConfig(json: string, name: string): IntegerModelConfig {
  try {
    return configCheck(JSON.parse(json), "");
  } catch (error) {
    if (!(error instanceof CheckError || error instanceof SyntaxError)) throw error;
    throw new UserError(`${name} is damaged: ${error.message}`, "damaged-file");
  }
}
