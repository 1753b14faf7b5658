/** `given` if it is one of the names `known`; throws RangeError, which tells them, otherwise: plain JavaScript may pass any. */
export function checkOneOf<T extends string>(what: string, given: string, known: readonly T[]): T {
  const name = known.find((each) => each === given);
  if (name === undefined)
    throw new RangeError(`"${given}" is no ${what}; there are ${known.join(", ")}`);
  return name;
}
