import { type ErrorCode, UserError } from "../errors/userError.ts";
import type { Refusal } from "./api.ts";

/** A request that is refused, with the status of its answer. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Statuses of mistakes by their code; 400 for all others. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  "not-found": 404,
  "no-checkpoint": 404,
  "not-permitted": 403,
  "already-exists": 409,
  locked: 409,
};

/** The answer to a request that failed. What is no mistake of the caller's is not described: only the terminal learns it. */
export function refusalOf(error: unknown): Response {
  const [status, message] =
    error instanceof RefusedError
      ? [error.status, error.message]
      : error instanceof UserError
        ? [statuses[error.code] ?? 400, error.message]
        : [500, "this is a bug in ondelette; the terminal says more"];
  const body: Refusal = { error: message };
  return Response.json(body, {
    status,
    // What is left of a body that is too large is not read.
    headers: status === 413 ? { connection: "close" } : {},
  });
}
