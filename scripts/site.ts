/**
 * Builds the whole site as one folder of files, `site/`: a start page, the documentation with the API reference, the studio with
 * ONNX Runtime beside it, and the examples of the documentation to run. Checks every link to a file or a place in it, in the
 * pages of the repository and in the site. Says which do not hold and exits with 1.
 *
 *   npm run site
 *
 * Where ONDELETTE_STUDIO_BUILT is set, the studio is taken from `dist/studio` as it is.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { ortFolder, ortNames } from "../studio/build/ortFiles.ts";
import { htmlAnchors, htmlLinks, markdownAnchors, relativeLinks } from "./docs/links.ts";
import { brokenLinks } from "./site/brokenLinks.ts";
import { buildExamples } from "./site/examples.ts";
import { withSiteLinks } from "./site/siteLinks.ts";
import { startPage } from "./site/startPage.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = join(root, "site");
process.env.NODE_ENV = "production";

rmSync(site, { recursive: true, force: true });
const typedoc = documentation();
await studio();
const programs = await buildExamples();
await start();

const ignored = /(^|[\\/])(node_modules|dist|site|runs|data|\.\w+)[\\/]/;
const pages = files(root, ".md").filter((path) => !ignored.test(relative(root, path)));
const sitePages = files(site, ".html");
const broken = [
  ...brokenLinks(root, pages, relativeLinks, markdownAnchors),
  ...brokenLinks(root, sitePages, htmlLinks, htmlAnchors),
];
for (const line of broken) console.error(line);
console.log(
  `${pages.length} pages and ${sitePages.length} pages of the site with ${programs} programs to run: ${broken.length} broken links`,
);
process.exitCode = typedoc === 0 && broken.length === 0 ? 0 : 1;

/** Documentation and API reference, by TypeDoc, into `docs/`; its exit status. */
function documentation(): number | null {
  const tools = join(root, "scripts/docs");
  const program = join(tools, "node_modules/typedoc/bin/typedoc");
  const options = ["--options", join(tools, "typedoc.json")];
  const { status } = spawnSync(process.execPath, [program, ...options], { stdio: "inherit" });
  withSiteLinks(join(site, "docs"));
  return status;
}

/** The studio and the files of ONNX Runtime, into `studio/`. */
async function studio(): Promise<void> {
  if (!process.env.ONDELETTE_STUDIO_BUILT)
    await build({ configFile: join(root, "studio/vite.config.ts"), logLevel: "warn" });
  cpSync(join(root, "dist/studio"), join(site, "studio"), { recursive: true });
  mkdirSync(join(site, "studio/ort"));
  for (const name of ortNames) copyFileSync(join(ortFolder, name), join(site, "studio/ort", name));
}

/** The page that leads to the others. */
async function start(): Promise<void> {
  const { description, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await writeFile(join(site, "index.html"), startPage(description, version));
  copyFileSync(join(root, "scripts/site/site.css"), join(site, "site.css"));
  copyFileSync(join(root, "studio/src/icon.svg"), join(site, "icon.svg"));
  await writeFile(join(site, ".nojekyll"), ""); // GitHub Pages would leave out names with an underscore
}

function files(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}
