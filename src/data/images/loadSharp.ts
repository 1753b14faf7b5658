import type { default as Sharp } from "sharp";
import { missingPackage } from "../../errors/optionalPackage.ts";

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
    throw missingPackage({ name: "sharp", feature: "pictures" }, error);
  }
}
