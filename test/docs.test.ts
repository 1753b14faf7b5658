import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { printed, snippetsOf, withOutput } from "./snippets.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const root = new URL("..", import.meta.url).pathname;
const pages = ["README.md", "docs/wavelets.md", "docs/cwt.md"];

describe.each(pages)("%s", async (page) => {
  const markdown = await readFile(join(root, page), "utf8");
  const snippets = snippetsOf(markdown);

  test.each(snippets)(
    "the program of line $line prints what stands behind its arrows",
    async (snippet) => {
      const lines = await printed(snippet, await temporaryFolder());
      // After a change that is meant: node scripts/docsOutput.ts PAGE
      expect(withOutput(snippet, lines)).toBe(snippet.code);
    },
  );

  test("pictures and pages that it links to are there", () => {
    const links = Array.from(markdown.matchAll(/\]\(([^)#]+)[^)]*\)/g), ({ 1: link = "" }) => link);
    const local = links.filter((link) => !/^https?:/.test(link));
    expect(local.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});

test("every program is well typed, and the wavelet library without the types of Node", async () => {
  const folder = await temporaryFolder();
  const files = await Promise.all(
    pages.map(async (page) => {
      const snippets = snippetsOf(await readFile(join(root, page), "utf8"));
      return snippets.map(({ code, line }) => ({
        name: `${page.replaceAll("/", "-")}-${line}.mts`,
        code,
      }));
    }),
  );
  for (const { name, code } of files.flat()) await writeFile(join(folder, name), code);
  const options = {
    target: "es2024",
    lib: ["es2024", "dom"],
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: [],
    paths: { "ondelette/wavelets": [join(root, "src/wavelets/index.ts")] },
  };
  const config = { compilerOptions: options, include: ["*.mts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const said = await promisify(execFile)(process.execPath, [compiler, "-p", folder]).catch(
    ({ stdout }) => ({ stdout }),
  );
  expect(said.stdout).toBe("");
});
