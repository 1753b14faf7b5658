/** What is used of Node's `process`, which a browser does not have. */
interface Host {
  readonly process?: {
    readonly versions?: { readonly node?: string };
    emitWarning?(message: string, options: { readonly code: string }): void;
  };
}

const host = globalThis as unknown as Host;

/** Whether this is Node, or a runtime that says it is like Node; anything else is taken for a browser. */
export const isNode = (): boolean => host.process?.versions?.node !== undefined;

/** Warns as Node does; silent in a browser, where nobody could act on it. */
export function warn(message: string, code: string): void {
  host.process?.emitWarning?.(message, { code });
}
