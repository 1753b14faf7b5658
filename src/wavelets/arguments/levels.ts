/** The most levels of any transform. Array lengths stay below 2^53, so no array can be halved more often. */
export const mostLevels = 53;

/** `levels` if it is an integer from 0 to {@link mostLevels}; throws RangeError otherwise. */
export function checkLevels(levels: number, name = "levels"): number {
  if (!Number.isInteger(levels) || levels < 0 || levels > mostLevels)
    throw new RangeError(`${name} must be an integer from 0 to ${mostLevels}, not ${levels}`);
  return levels;
}
