/** `value` if it is a positive finite number; throws RangeError otherwise. */
export function checkPositive(what: string, value: number): number {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${what} must be a positive number, not ${value}`);
  return value;
}

/** `value` if it is an integer from 1 to `most`; throws RangeError otherwise. */
export function checkCount(what: string, value: number, most = 20): number {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new RangeError(`${what} must be an integer from 1 to ${most}, not ${value}`);
  return value;
}

/** `length` if it is an integer from 0 up that an array can have; throws RangeError otherwise. */
export function checkLength(what: string, length: number): number {
  if (!Number.isSafeInteger(length) || length < 0)
    throw new RangeError(`${what} must be an integer from 0 up, not ${length}`);
  return length;
}
