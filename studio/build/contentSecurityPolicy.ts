import type { Plugin } from "vite";
import { contentPolicy } from "../../src/server/headers.ts";

/** The page says itself what it may load, for hosts that send no headers of their own. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}
