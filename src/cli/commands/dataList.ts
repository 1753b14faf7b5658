import type { Dataset } from "../../datasets/dataset.ts";
import { datasetNames, datasets } from "../../datasets/known.ts";
import { defineCommand } from "../parser/command.ts";
import { sizeText } from "../shared/sizeText.ts";

/** `ondelette data list`: the data sets that `data get` fetches. */
export const command = defineCommand({
  options: {},
  examples: ["ondelette data list", "ondelette data get mnist"],
  async run(_, io) {
    const sets: readonly Dataset[] = datasetNames.map((name) => datasets[name]);
    for (const { name, about, license, page, files } of sets) {
      const size = sizeOf(files);
      io.print(`${name}`);
      io.print(`  ${about}${size === undefined ? "" : `; ${sizeText(size)} to fetch`}`);
      io.print(`  license: ${license}`);
      io.print(`  ${page}`);
    }
    io.print("");
    io.print("`ondelette data get <name>` fetches one.");
    return {
      datasets: sets.map(({ name, about, files, license, page, citation, layout, command }) => ({
        name,
        about,
        bytes: sizeOf(files),
        license,
        page,
        citation,
        layout,
        command: command(`data/${name}`),
        files: files.map((file) => ({ ...file })),
      })),
    };
  },
});

/** Bytes of all files; `undefined` where one is not known. */
function sizeOf(files: Dataset["files"]): number | undefined {
  return files.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
}
