/**
 * Runs the programs of a page and writes what they print behind their arrows, `// → `; there must be as many arrows as
 * lines. `test/docs.test.ts` holds the pages to what this writes.
 *
 *   node scripts/docsOutput.ts docs/wavelets.md
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileAtomically } from "../src/data/index.ts";
import { printed, snippetsOf, withOutput } from "../test/snippets.ts";

const folder = await mkdtemp(join(tmpdir(), "ondelette-docs-"));
try {
  for (const file of process.argv.slice(2)) {
    let page = await readFile(file, "utf8");
    for (const snippet of snippetsOf(page)) {
      const output = withOutput(snippet, await printed(snippet, folder));
      page = page.replace(snippet.code, () => output);
    }
    await writeFileAtomically(file, page);
  }
} finally {
  await rm(folder, { recursive: true });
}
