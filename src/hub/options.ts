/** How the hub is reached. */
export interface HubOptions {
  /** Address of the hub; the public one by default. */
  readonly endpoint?: string | undefined;
  /** An access token, which begins with `hf_`. Public models can be read without one. */
  readonly token?: string | undefined;
  /** Asks the server; the global `fetch` by default. */
  readonly fetch?: typeof fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The hub that the public uses. */
export const publicHub = "https://huggingface.co";
