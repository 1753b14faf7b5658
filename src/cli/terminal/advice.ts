import type { UserError } from "../../errors/userError.ts";
import type { Advice } from "../parser/command.ts";

/** Advice that holds for every command. */
const general: Advice = {
  locked: "wait until that process has ended, or name another folder",
};

/** The sentence of an error and what a person can do about it: the command's own advice, or the general one. */
export function sentenceOf({ message, code }: UserError, advice: Advice = {}): string {
  const help = advice[code] ?? general[code];
  return help === undefined ? message : `${message}; ${help}`;
}
