/**
 * Builds the page of examples alone, for its test; `npm run site` builds all.
 *
 *   node scripts/site/examples.ts [FOLDER]
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { browserPrograms } from "./programs.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the page of examples with the library as modules into a folder; returns the number of programs. */
export async function buildExamples(folder = join(root, "site/examples")): Promise<number> {
  const built = await build({
    configFile: join(root, "studio/examples/vite.config.ts"),
    logLevel: "error",
    build: { outDir: folder },
  });
  const chunks = [built].flat().flatMap((each) => ("output" in each ? each.output : []));
  const exports = new Map(
    chunks.flatMap((chunk) => {
      const name = /^library\/(\w+)\.js$/.exec(chunk.fileName)?.[1];
      return chunk.type === "chunk" && name
        ? [[`ondelette/${name}`, new Set(chunk.exports)] as const]
        : [];
    }),
  );
  const programs = browserPrograms(root, exports);
  await writeFile(join(folder, "programs.json"), JSON.stringify(programs));
  return programs.length;
}

if (import.meta.main) await buildExamples(process.argv[2]);
