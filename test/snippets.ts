import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { entryPoints } from "./entryPoints.ts";

/** A program in a page: a block of ```ts. */
export interface Snippet {
  readonly code: string;
  /** The line of the page on which the code begins, from 1. */
  readonly line: number;
}

/** The programs of a Markdown page. A block of code that is not a program is marked ```typescript instead. */
export function snippetsOf(markdown: string): Snippet[] {
  return Array.from(markdown.matchAll(/^```ts\n(.*?)^```$/gms), ({ 1: code = "", index }) => {
    return { code, line: markdown.slice(0, index).split("\n").length + 1 };
  });
}

const importStatement = /^import\s[^;]*?from "([^"]+)";.*$/gm;

/** The modules that a program imports. */
export function importsOf({ code }: Snippet): string[] {
  return Array.from(code.matchAll(importStatement), ({ 1: from = "" }) => from);
}

/**
 * Runs a program on the sources of this project and returns the lines that it prints. The program is written to
 * `folder`, which is also its working directory. Throws if it imports anything but the package's public modules and Node.
 */
export async function printed(snippet: Snippet, folder: string): Promise<string[]> {
  const { code, line } = snippet;
  const head = Array.from(code.matchAll(importStatement), ({ 0: statement, 1: from = "" }) =>
    from.startsWith("node:") ? statement : statement.replace(`"${from}"`, `"${sourceOf(from)}"`),
  );
  const body = code.replaceAll(importStatement, "");
  const file = join(folder, `line${line}.ts`);
  await writeFile(file, `${head.join("\n")}\nexport async function run(console) {\n${body}\n}\n`);
  const lines: string[] = [];
  const log = (...values: unknown[]) => lines.push(...format(...values).split("\n"));
  const { run } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  const before = process.cwd();
  process.chdir(folder);
  try {
    await run({ log });
  } finally {
    process.chdir(before);
  }
  return lines;
}

function sourceOf(module: string): string {
  const source = entryPoints.get(module);
  if (source === undefined)
    throw new Error(
      `${module} is not a public module; there are ${[...entryPoints.keys()].join(", ")}`,
    );
  return source.href;
}

/** The program with what it prints behind its arrows, `// → `. Throws where there are more or fewer arrows than lines. */
export function withOutput({ code, line }: Snippet, lines: readonly string[]): string {
  const arrows = code.match(/\/\/ →/g)?.length ?? 0;
  if (arrows !== lines.length)
    throw new Error(
      `line ${line}: ${arrows} arrows where ${lines.length} lines are printed:\n${lines.join("\n")}`,
    );
  let next = 0;
  return code.replaceAll(/\/\/ →.*$/gm, () => `// → ${lines[next++]}`);
}
