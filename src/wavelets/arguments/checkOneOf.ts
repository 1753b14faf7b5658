/** `given` if it is one of the `known` names; throws RangeError that lists them otherwise. */
export function checkOneOf<T extends string>(what: string, given: string, known: readonly T[]): T {
  if (!(known as readonly string[]).includes(given))
    throw new RangeError(`"${given}" is not a ${what}; choose from ${known.join(", ")}`);
  return given as T;
}
