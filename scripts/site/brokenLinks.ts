import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import type { RelativeLink } from "../docs/links.ts";

/** `page: link` of every link to a file or a place that is not there; pages relative to `root`. */
export function brokenLinks(
  root: string,
  paths: readonly string[],
  linksOf: (text: string) => RelativeLink[],
  anchorsOf: (text: string) => Set<string>,
): string[] {
  const anchors = new Map<string, Set<string>>();
  const placesOf = (path: string) => {
    const known = anchors.get(path) ?? anchorsOf(readFileSync(path, "utf8"));
    anchors.set(path, known);
    return known;
  };
  const holds = (page: string, { path, anchor }: RelativeLink) => {
    const named = path === "" ? page : join(dirname(page), path);
    if (!existsSync(named)) return false;
    const target = statSync(named).isDirectory() ? join(named, "index.html") : named;
    if (extname(page) === ".html" && !existsSync(target)) return false;
    // Places in other kinds of files, such as lines of a source, are not looked up; `#/page` is a state of the studio.
    if (anchor === "" || anchor.startsWith("/") || extname(target) !== extname(page)) return true;
    return !existsSync(target) || placesOf(target).has(anchor);
  };
  return paths.flatMap((page) =>
    linksOf(readFileSync(page, "utf8"))
      .filter((link) => !holds(page, link))
      .map(({ path, anchor }) => `${relative(root, page)}: ${path}${anchor && `#${anchor}`}`),
  );
}
