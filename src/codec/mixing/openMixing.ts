import type { Mixing } from "./mixing.ts";
import { plainMixing } from "./plainMixing.ts";
import { simdMixing } from "./simdMixing.ts";

/** A new mixing, by the fastest implementation that the platform has. All compute the same. */
export const openMixing = (): Mixing => simdMixing() ?? plainMixing();
