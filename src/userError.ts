/**
 * A mistake in what a person gave us: a path, a flag, a damaged file. Its message is one clear sentence
 * that names the thing and the reason; the command line prints it alone and exits with code 2.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}
