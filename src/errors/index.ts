/** The one error that callers are meant to catch, and text that is safe to print. */

export { printable } from "./printable.ts";
export { type ErrorCode, UserError } from "./userError.ts";
