import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { basename, join } from "node:path";
import type { Program } from "../../studio/examples/programs.ts";
import { importsOf, snippetsOf } from "../../test/snippets.ts";

/** What each module of the library offers a browser, by its name: `ondelette/wavelets`. */
export type Exports = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The programs of the pages that run in a browser: those that import nothing but what the library offers there. A program with
 * files or of a format that a browser lacks is left out.
 */
export function browserPrograms(root: string, exports: Exports): Program[] {
  const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)];
  return pages
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) => {
      const markdown = readFileSync(join(root, page), "utf8");
      const titled = new Map<string, number>();
      const titleOf = (line: number) => {
        const heading = headingAbove(markdown, line);
        const count = (titled.get(heading) ?? 0) + 1;
        titled.set(heading, count);
        return count === 1 ? heading : `${heading} (${count})`;
      };
      return snippetsOf(markdown)
        .filter((snippet) => runsInBrowser(snippet.code, importsOf(snippet), exports))
        .map(({ code, line }) => ({
          id: `${basename(page, ".md").toLowerCase()}-${line}`,
          page,
          title: titleOf(line),
          code: withoutTypes(code),
        }));
    });
}

/** Whether a program imports modules of the library alone, and of them only what they offer a browser. */
export function runsInBrowser(code: string, modules: readonly string[], exports: Exports): boolean {
  if (modules.length === 0 || /\b(process|Buffer|require)\b/.test(code)) return false;
  return modules.every((module) => {
    const offered = exports.get(module);
    return offered !== undefined && namesFrom(code, module).every((name) => offered.has(name));
  });
}

/** TypeScript as JavaScript, without the gaps that types leave. */
export function withoutTypes(code: string): string {
  const before = code.split("\n");
  return stripTypeScriptTypes(code)
    .split("\n")
    .map((line, i) =>
      line === before[i]
        ? line
        : line
            .replaceAll(/,\s+\}/g, " }")
            .replaceAll(/(\S)\s+([,);])/g, "$1$2")
            .replaceAll(/(\S)\s{2,}/g, "$1 ")
            .trimEnd(),
    )
    .join("\n");
}

/** The values that a program imports from a module. */
function namesFrom(code: string, module: string): string[] {
  const statements = code.matchAll(/^import\s+(type\s+)?\{([^}]*)\}\s+from "([^"]+)"/gm);
  return Array.from(statements)
    .filter(({ 1: type, 3: from }) => type === undefined && from === module)
    .flatMap(({ 2: list = "" }) => list.split(","))
    .map((name) => name.trim().split(/\s+as\s+/)[0] ?? "")
    .filter((name) => name !== "" && !name.startsWith("type "));
}

/** The heading that a line of a page stands under. */
function headingAbove(markdown: string, line: number): string {
  const above = markdown.split("\n").slice(0, line - 1);
  const heading = above.findLast((text) => /^#{1,6} /.test(text)) ?? "";
  return heading.replace(/^#+ /, "").replaceAll("`", "");
}
