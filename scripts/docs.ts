/**
 * Builds the site of the documentation, the API reference with the pages of `docs/`, into `site/`, and checks every link to a
 * file or a place in it, in the pages and in the site. Says which do not hold and exits with 1.
 *
 *   npm run docs
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  htmlAnchors,
  htmlLinks,
  markdownAnchors,
  type RelativeLink,
  relativeLinks,
} from "./docs/links.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const tools = join(root, "scripts/docs");

rmSync(join(root, "site"), { recursive: true, force: true });
const typedoc = join(tools, "node_modules/typedoc/bin/typedoc");
const options = ["--options", join(tools, "typedoc.json")];
const built = spawnSync(process.execPath, [typedoc, ...options], { stdio: "inherit" });

const ignored = /(^|[\\/])(node_modules|dist|site|runs|data|\.\w+)[\\/]/;
const pages = files(root, ".md").filter((path) => !ignored.test(relative(root, path)));
const site = existsSync(join(root, "site")) ? files(join(root, "site"), ".html") : [];
const broken = [
  ...brokenLinks(pages, relativeLinks, markdownAnchors),
  ...brokenLinks(site, htmlLinks, htmlAnchors),
];
for (const line of broken) console.error(line);
console.log(
  `${pages.length} pages and ${site.length} pages of the site: ${broken.length} broken links`,
);
process.exitCode = built.status === 0 && broken.length === 0 ? 0 : 1;

function files(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

/** `page: link` of every link to a file or a place that is not there. */
function brokenLinks(
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
    // Places in other kinds of files, such as lines of a source, are not looked up.
    if (anchor === "" || extname(target) !== extname(page) || !existsSync(target)) return true;
    return placesOf(target).has(anchor);
  };
  return paths.flatMap((page) =>
    linksOf(readFileSync(page, "utf8"))
      .filter((link) => !holds(page, link))
      .map(({ path, anchor }) => `${relative(root, page)}: ${path}${anchor && `#${anchor}`}`),
  );
}
