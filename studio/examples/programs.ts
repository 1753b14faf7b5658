/** A program of the documentation that runs in a browser; `programs.json`, which the site's build writes, lists all. */
export interface Program {
  /** Page and line, as in the address: `wavelets-40`. */
  readonly id: string;
  /** The page it stands in: `docs/wavelets.md`. */
  readonly page: string;
  /** The heading above it. */
  readonly title: string;
  /** JavaScript. What it prints stands behind arrows, `// → `. */
  readonly code: string;
}

/** What a program prints by its own comments. */
export const expectedLines = ({ code }: Pick<Program, "code">): string[] =>
  Array.from(code.matchAll(/\/\/ → ?(.*)$/gm), ({ 1: line = "" }) => line);
