/** The one error that callers are meant to catch. */
export { type ErrorCode, UserError } from "./userError.ts";
