import { publicHub } from "../../hub/options.ts";
import type { Options } from "../parser/options.ts";

/** Options of every command that speaks with the Hugging Face hub. */
export const hubOptions = {
  endpoint: {
    type: "string",
    placeholder: "URL",
    help: `address of the hub; HF_ENDPOINT by default, else ${publicHub}`,
  },
} as const satisfies Options;

/** Address and access token, of which the token comes from the environment alone: a command line can be seen by others. */
export function hubAccess({ endpoint }: { readonly endpoint: string | undefined }) {
  const { HF_ENDPOINT, HF_TOKEN } = process.env;
  // An empty variable is one that is not set.
  return { endpoint: endpoint ?? (HF_ENDPOINT || undefined), token: HF_TOKEN || undefined };
}
