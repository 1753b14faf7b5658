import type { Mixing } from "./mixing.ts";
import { plainMixing } from "./plainMixing.ts";

/** A new mixing, by the fastest implementation that the platform has. All compute the same. */
export const openMixing = (): Mixing => plainMixing();
