import { contactSheet } from "../../src/data/draw/contactSheet.ts";
import type { Raster } from "../../src/data/images/raster.ts";
import { losslessRivals } from "./lossless.ts";
import { contestantsOf } from "./rivalContestants.ts";

/**
 * Bytes of what other programs make without loss of many pictures as one: a contact sheet without gaps, about as wide as high. Of programs that
 * are installed.
 */
export async function* rivalSheets(
  rasters: readonly Raster[],
): AsyncGenerator<{ readonly name: string; readonly bytes: number }> {
  const columns = Math.ceil(Math.sqrt(rasters.length));
  const sheet = contactSheet(rasters, { columns, padding: 0 });
  for (const rival of losslessRivals)
    for (const contestant of (await contestantsOf(rival, sheet.channels)) ?? []) {
      if (contestant.kind !== "quality") continue;
      const file = await contestant.encode(sheet, 0);
      yield { name: `${rival.name}, one sheet`, bytes: file.length };
    }
}
