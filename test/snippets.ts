import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

/** A program in a page: a block of ```ts. */
export interface Snippet {
  readonly code: string;
  /** The line of the page on which the code begins, from 1. */
  readonly line: number;
}

const source = new URL("../src/wavelets/index.ts", import.meta.url);

/** The programs of a Markdown page that import from "ondelette/wavelets" alone. */
export function snippetsOf(markdown: string): Snippet[] {
  return Array.from(markdown.matchAll(/^```ts\n(.*?)^```$/gms), ({ 1: code = "", index }) => {
    return { code, line: markdown.slice(0, index).split("\n").length + 1 };
  }).filter(({ code }) => {
    const imported = Array.from(code.matchAll(/from "(.*?)"/g), ({ 1: from }) => from);
    return imported.every((from) => from === "ondelette/wavelets");
  });
}

/** Runs a program on the sources of this project, by way of a file in `folder`: the lines that it prints. */
export async function printed({ code, line }: Snippet, folder: string): Promise<string[]> {
  const imports = /^import \{[^}]*\} from "ondelette\/wavelets";[^\n]*$/gm;
  const head = Array.from(code.matchAll(imports), ([found]) =>
    found.replace("ondelette/wavelets", source.href),
  );
  const body = code.replaceAll(imports, "");
  const file = join(folder, `line${line}.ts`);
  await writeFile(file, `${head.join("\n")}\nexport async function run(console) {\n${body}\n}\n`);
  const lines: string[] = [];
  const log = (...values: unknown[]) => lines.push(...format(...values).split("\n"));
  const { run } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  await run({ log });
  return lines;
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
