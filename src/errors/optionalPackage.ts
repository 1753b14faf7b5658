import { UserError } from "./userError.ts";

/** A package that only some features need, so that it is not always installed. */
export interface OptionalPackage {
  /** Its name in the npm registry. */
  readonly name: string;
  /** What it is needed for, as the subject of a sentence in the plural: `pictures`. */
  readonly feature: string;
  /** The one command that installs it; `npm install NAME` by default. */
  readonly install?: string;
}

/**
 * The error that says why an optional package could not be loaded, and which command installs it. `cause` is what
 * `import` or `require` threw: a package that is installed and does not work is not called missing.
 */
export function missingPackage(
  { name, feature, install = `npm install ${name}` }: OptionalPackage,
  cause: unknown,
): UserError {
  const reason = isAbsent(cause, name)
    ? "which is not installed"
    : `which does not work here (${firstLine(cause)})`;
  return new UserError(
    `${feature} need the package ${name}, ${reason}; this installs it: ${install}`,
    "missing-dependency",
    { cause },
  );
}

/** Whether the package itself was not found, as opposed to one of its files. */
export function isAbsent(cause: unknown, name: string): boolean {
  if (!(cause instanceof Error) || !("code" in cause)) return false;
  const { code, message } = cause;
  const absent = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
  return absent && (message.includes(`'${name}'`) || message.includes(`'${name}/`));
}

/** What an error says, without the stack that some loaders append. */
export function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n", 1)[0] ?? "";
}
