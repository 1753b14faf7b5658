import { UserError } from "../../errors/userError.ts";
import type { ChoiceOption, NumberOption, Option, StringOption } from "./options.ts";

/** What an option can hold. */
export type Value = Single | readonly string[];

/** What an option holds that is given once. */
export type Single = string | number | boolean;

/**
 * The value of an option given as text.
 *
 * @param subject what to call the option in errors: its flag
 * @param text undefined where nothing follows the flag
 */
export function valueOfText(subject: string, option: Option, text: string | undefined): Single {
  if (option.type === "boolean") {
    if (text !== undefined) throw new UserError(`${subject} is a switch and takes no value`);
    return true;
  }
  if (text === undefined || text === "") {
    throw new UserError(`${subject} needs a value: ${option.help}`);
  }
  const shown = `“${text}”`;
  switch (option.type) {
    case "string":
    case "choice":
      return checkedText(subject, option, text, shown);
    case "number":
    case "integer": {
      const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
      return checkedNumber(subject, option, isNumber ? Number(text) : Number.NaN, shown);
    }
  }
}

/** The value of an option given as JSON, of which the type must be the option's; of one with several values a list, or one. */
export function valueOfJson(subject: string, option: Option, json: unknown): Value {
  if (option.type === "string" && option.several && Array.isArray(json) && json.length > 0) {
    return json.map((each) => String(singleOfJson(subject, option, each)));
  }
  const single = singleOfJson(subject, option, json);
  return option.type === "string" && option.several ? [String(single)] : single;
}

function singleOfJson(subject: string, option: Option, json: unknown): Single {
  const shown = JSON.stringify(json);
  switch (option.type) {
    case "boolean":
      if (typeof json === "boolean") return json;
      throw new UserError(`${subject} must be true or false, not ${shown}`);
    case "number":
    case "integer":
      return checkedNumber(subject, option, typeof json === "number" ? json : Number.NaN, shown);
    case "string":
    case "choice":
      if (typeof json !== "string" || json === "") {
        throw new UserError(`${subject} must be text in quotation marks, not ${shown}`);
      }
      return checkedText(subject, option, json, shown);
  }
}

function checkedText(
  subject: string,
  option: StringOption | ChoiceOption,
  text: string,
  shown: string,
): string {
  if (option.type === "string" || option.choices.includes(text)) return text;
  throw new UserError(`${subject} must be ${listed(option.choices)}, not ${shown}`);
}

function checkedNumber(
  subject: string,
  { type, min = -Infinity, max = Infinity }: NumberOption,
  value: number,
  shown: string,
): number {
  const kind = type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (kind && value >= min && value <= max) return value;
  const noun = type === "integer" ? "a whole number" : "a number";
  throw new UserError(`${subject} must be ${noun}${rangeText(min, max)}, not ${shown}`);
}

function rangeText(min: number, max: number): string {
  if (min > -Infinity && max < Infinity) return ` from ${min} to ${max}`;
  if (min > -Infinity) return ` of at least ${min}`;
  return max < Infinity ? ` of at most ${max}` : "";
}

/** `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}
