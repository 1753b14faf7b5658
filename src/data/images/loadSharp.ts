import type { default as Sharp } from "sharp";
import { UserError } from "../../errors/userError.ts";

/**
 * The package sharp, loaded on first use, so that everything that does not decode pictures works without it. Throws UserError with
 * code `missing-dependency` where it is not installed or does not work on this machine.
 */
export async function loadSharp(
  load: () => Promise<{ readonly default: typeof Sharp }> = () => import("sharp"),
): Promise<typeof Sharp> {
  try {
    return (await load()).default;
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new UserError(
      `pictures are decoded and drawn by the package sharp, which cannot be loaded (${reason}); npm install sharp`,
      "missing-dependency",
      { cause: error },
    );
  }
}
