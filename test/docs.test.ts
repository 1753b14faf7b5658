import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { entryPoints } from "./entryPoints.ts";
import { importsOf, printed, snippetsOf, withOutput } from "./snippets.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** All pages: the Markdown files beside package.json and in docs/, with their programs. */
const pages = await Promise.all(
  (await Promise.all([".", "docs"].map(markdownIn))).flat().map(async (page) => {
    const markdown = await readFile(join(root, page), "utf8");
    return { page, markdown, snippets: snippetsOf(markdown) };
  }),
);

async function markdownIn(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder));
  return names.filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
}

describe.each(pages)("$page", ({ page, markdown, snippets }) => {
  test.each(snippets)(
    "the program of line $line prints what stands behind its arrows",
    async (snippet) => {
      const lines = await printed(snippet, await temporaryFolder());
      // After a change that is meant: node scripts/docsOutput.ts PAGE
      expect(withOutput(snippet, lines)).toBe(snippet.code);
    },
  );

  test("every link leads to a file, and to a heading of it", async () => {
    const links = Array.from(markdown.matchAll(/\]\(([^)\s]+)\)/g), ({ 1: link = "" }) => link);
    const broken: string[] = [];
    for (const link of links.filter((link) => !/^https?:/.test(link))) {
      const [path = "", heading] = link.split("#");
      const target = path === "" ? join(root, page) : join(root, dirname(page), path);
      const found =
        existsSync(target) && (heading === undefined || (await hasHeading(target, heading)));
      if (!found) broken.push(link);
    }
    expect(broken).toEqual([]);
  });
});

/** Whether a page has a heading that GitHub would give this anchor. */
async function hasHeading(page: string, anchor: string): Promise<boolean> {
  const headings = Array.from(
    (await readFile(page, "utf8")).matchAll(/^#+ (.*)$/gm),
    ({ 1: heading = "" }) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(/\s/g, "-"),
  );
  return headings.includes(anchor);
}

describe("every program is well typed", () => {
  const isOfWavelets = (modules: readonly string[]) =>
    modules.every((module) => module === "ondelette/wavelets");
  const programs = pages.flatMap(({ page, snippets }) =>
    snippets.map((snippet) => ({
      name: `${page.replaceAll("/", "-")}-${snippet.line}.mts`,
      code: snippet.code,
      ofWavelets: isOfWavelets(importsOf(snippet)),
    })),
  );
  const nodeTypes = { types: ["node"], typeRoots: [join(root, "node_modules/@types")] };

  test.each([
    {
      library: "the wavelet library, without the types of Node",
      ofWavelets: true,
      types: { types: [] },
    },
    { library: "everything else", ofWavelets: false, types: nodeTypes },
  ])("with $library", async ({ ofWavelets, types }) => {
    const some = programs.filter((program) => program.ofWavelets === ofWavelets);
    expect(await complaintsOfCompiler(some, types)).toBe("");
  });
});

/** What the TypeScript compiler prints about programs that use the package's public modules. */
async function complaintsOfCompiler(
  programs: readonly { readonly name: string; readonly code: string }[],
  types: object,
): Promise<string> {
  const folder = await temporaryFolder();
  for (const { name, code } of programs) await writeFile(join(folder, name), code);
  const compilerOptions = {
    target: "es2024",
    lib: ["es2024", "esnext.disposable", "dom"],
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    paths: Object.fromEntries(
      Array.from(entryPoints, ([module, source]) => [module, [fileURLToPath(source)]]),
    ),
    ...types,
  };
  const config = JSON.stringify({ compilerOptions, include: ["*.mts"] });
  await writeFile(join(folder, "tsconfig.json"), config);
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", folder]).catch(
    (failure) => failure,
  );
  return stdout;
}
