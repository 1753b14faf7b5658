import { createHash, timingSafeEqual } from "node:crypto";
import { RefusedError } from "./refusal.ts";

/**
 * Refuses requests that come from other pages. `Host` must name this server: a foreign name that was made to point at this
 * machine (DNS rebinding) does not. `Origin`, which a browser sends with every request that could change something, must be
 * ours where it is given.
 */
export function checkOrigin(headers: Headers, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = headers.get("host");
  if (host === null || !hosts.includes(host)) {
    throw new RefusedError(403, "the studio answers at 127.0.0.1 and localhost alone");
  }
  const origin = headers.get("origin");
  if (origin !== null && !hosts.some((own) => origin === `http://${own}`)) {
    throw new RefusedError(403, "the studio answers its own page alone");
  }
}

/** Refuses requests without the token, which only the one who started the server and the page have. */
export function checkToken(headers: Headers, token: string): void {
  const [scheme, given = ""] = (headers.get("authorization") ?? "").split(" ", 2);
  // Constant-time comparison; digests have equal lengths, which it needs.
  if (scheme !== "Bearer" || !timingSafeEqual(digest(given), digest(token))) {
    throw new RefusedError(
      401,
      "the token is missing or wrong; open the address that the studio printed",
    );
  }
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
