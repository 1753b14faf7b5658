import { UserError } from "../errors/userError.ts";
import { type HubOptions, publicHub } from "./options.ts";

/** The library of the Hugging Face hub. */
export type HubLibrary = typeof import("@huggingface/hub");

/** What every call of the library is given. */
export interface HubCall {
  readonly repo: { readonly type: "model"; readonly name: string };
  readonly hubUrl: string;
  readonly fetch: typeof fetch;
  readonly accessToken?: string;
}

/** Loads the library, which is not installed with this package. Throws UserError where it is missing. */
export async function loadHub(
  load: () => Promise<HubLibrary> = () => import("@huggingface/hub"),
): Promise<HubLibrary> {
  try {
    return await load();
  } catch (error) {
    throw new UserError(
      "the package @huggingface/hub is needed for this and is not installed; npm install @huggingface/hub does it",
      "missing-dependency",
      { cause: error },
    );
  }
}

/** Checks what a person has chosen, and makes what every call of the library is given. */
export function hubCall(
  repo: string,
  { endpoint = publicHub, token, fetch: ask = fetch, signal }: HubOptions,
): HubCall {
  const word = /^[A-Za-z0-9_][\w.-]*$/;
  const words = repo.split("/");
  if (words.length !== 2 || !words.every((part) => word.test(part) && !part.includes(".."))) {
    throw new UserError(`“${repo}” is not the name of a model on the hub, such as user/name`);
  }
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw new UserError(`“${endpoint}” is not the address of a hub, such as ${publicHub}`);
  }
  if (token !== undefined && !/^hf_\S+$/.test(token)) {
    throw new UserError("the access token of the hub is not valid: it does not begin with hf_");
  }
  return {
    repo: { type: "model", name: repo },
    hubUrl: endpoint.replace(/\/+$/, ""),
    fetch: (url, init) => ask(url, { ...init, ...(signal && { signal }) }),
    ...(token !== undefined && { accessToken: token }),
  };
}

/** Does what speaks with the hub; its failures become sentences. */
export async function asking<T>(
  { repo, hubUrl, accessToken }: HubCall,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    const { host } = new URL(hubUrl);
    const network = (sentence: string) => new UserError(sentence, "network", { cause: error });
    const status = statusOf(error);
    if (status === 401 || status === 403) {
      throw network(
        accessToken === undefined
          ? `${host} does not give access to ${repo.name} without an access token; it may also not exist`
          : `${host} does not give this access token the right to do that with ${repo.name}`,
      );
    }
    if (status === 404)
      throw network(`${host} has no model ${repo.name}, or does not show it to you`);
    if (status !== undefined) {
      throw network(`${host} refused: ${(error as Error).message} (HTTP status ${status})`);
    }
    if (isFailedFetch(error)) {
      const { cause } = error as Error;
      const reason = cause instanceof Error ? cause.message : (error as Error).message;
      throw network(`${host} could not be reached: ${reason}`);
    }
    throw error;
  }
}

/** The HTTP status in an error of the library. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}

/** What `fetch` throws where there is no connection, or it breaks. */
function isFailedFetch(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}
