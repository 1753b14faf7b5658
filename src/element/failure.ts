import { UserError } from "../errors/userError.ts";
import type { Failure } from "./messages.ts";

/** What an error means for a picture. */
export const failureOf = (error: unknown): Failure => ({
  message: error instanceof Error ? error.message : String(error),
  isOfFile: !(error instanceof UserError && error.code === "network"),
});
