import { describe } from "./describe.ts";

/**
 * Throws TypeError unless `value` is a result of the function `maker`, recognized by one of its properties. The values of
 * a result are checked where they are used.
 */
export function checkResult(value: object, property: string, maker: string): void {
  if (typeof value !== "object" || value === null || !(property in value))
    throw new TypeError(`the argument must be a result of ${maker}, not ${describe(value)}`);
}
