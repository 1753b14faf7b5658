import { printable } from "./printable.ts";

/**
 * What kind of mistake a {@link UserError} reports, for programs that want to react to it. The list is closed: a new code
 * is added here, and the command line words its advice by it.
 */
export type ErrorCode =
  /** A value given is not one that works. */
  | "invalid-input"
  /** A file, folder, class, wavelet … of that name does not exist. */
  | "not-found"
  /** What would be written exists already. */
  | "already-exists"
  /** A file is damaged or cut short. */
  | "damaged-file"
  /** A file is sound, but of a form that is not supported. */
  | "unsupported-file"
  /** A folder or file holds something else than what was asked for, such as a run of another kind. */
  | "wrong-kind"
  /** Images, signals or corpora do not have the same size. */
  | "sizes-differ"
  /** Sizes of a model do not fit each other or its data. */
  | "sizes-do-not-fit"
  /** A run has no checkpoint yet. */
  | "no-checkpoint"
  /** Guidance is asked of a run that was not trained for it. */
  | "no-guidance"
  /** A run's plan is done already, or a new one is too short to continue it. */
  | "plan-done"
  /** An option contradicts what a run was made with. */
  | "contradicts-run"
  /** A training's loss or parameters are NaN or infinite. */
  | "diverged"
  /** Another process is writing there. */
  | "locked"
  /** Reading or writing is not allowed, or the disk is read-only or full. */
  | "not-permitted"
  /** An optional package that is needed is not installed or does not work here. */
  | "missing-dependency"
  /** A server did not answer as it should. */
  | "network"
  /** A process of a job of several does not answer, or ended. */
  | "lost-rank";

/**
 * A mistake of the caller's, or something in the world that the caller must mend: one sentence that names the thing and the
 * reason. The command line prints it and exits with 2. It never speaks of flags; the command line adds such advice by
 * `code`. Control characters of the message are written as escapes, since names in it may come from a file.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What kind of mistake it is. */
  readonly code: ErrorCode;

  constructor(message: string, code: ErrorCode = "invalid-input", options?: ErrorOptions) {
    super(printable(message), options);
    this.code = code;
  }
}
