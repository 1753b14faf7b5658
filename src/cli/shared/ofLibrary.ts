import { UserError } from "../../errors/userError.ts";

/**
 * Calls the wavelet library with what a person typed: its RangeError about a value, such as an unknown wavelet, is the person's to mend and
 * becomes a UserError. Errors of the machine, such as arrays beyond the memory, stay as they are.
 */
export function ofLibrary<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const isOfMachine = /^Invalid |^Array buffer |call stack/.test(`${(error as Error)?.message}`);
    if (!(error instanceof RangeError) || isOfMachine) throw error;
    throw new UserError(error.message, "invalid-input", { cause: error });
  }
}
