/**
 * Builds the package as it would be published and checks it; says what is wrong and exits with 1.
 *
 *   npm run check:package
 *
 * Where ONDELETTE_BUILT is set, `dist` is taken as it is.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { relativeLinks } from "./docs/links.ts";
import { npm } from "./npm.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Bytes of the package; about half of them are the studio, with its model and digits to train on. */
const largest = 5.7e6;

function run(...words: readonly string[]): string {
  const [program, ...first] = npm;
  return execFileSync(program, [...first, ...words], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What is used of npm's report. */
interface Pack {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

if (!process.env.ONDELETTE_BUILT) run("run", "build");
// The declarations must hold by themselves: a user's compiler sees no sources, and a browser's knows nothing of Node.
const library = ["--module", "nodenext", "--target", "es2024"];
const strict = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "false"];
const lib = ["--lib", "es2024,esnext.disposable,dom"];
for (const [module, types] of [
  ["index", "node"],
  ["browser", ""],
  ["element/element", ""],
] as const)
  run("exec", "--", "tsc", ...strict, ...library, ...lib, "--types", types, `dist/${module}.d.ts`);
const folder = mkdtempSync(join(tmpdir(), "ondelette-package-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
// Once, for all that look into it: by themselves they would have it built and packed again.
const [pack] = JSON.parse(
  run("pack", "--json", "--ignore-scripts", "--pack-destination", folder),
) as [Pack];
const tarball = join(folder, pack.filename);
const packed = new Set(pack.files.map(({ path }) => path));
const faults: string[] = [];

if (pack.size >= largest)
  faults.push(`the package has ${pack.size} bytes, and ${largest} are the most`);

for (const path of packed) {
  if (/\.map$|\.test\.|(^|\/)testing\./.test(path))
    faults.push(`${path} does not belong into the package`);
  if (path.endsWith(".js") && readFileSync(join(root, path), "utf8").includes("sourceMappingURL"))
    faults.push(`${path} names a source map that is not in the package`);
}

const pages = [...packed].filter((path) => /^(README|CHANGELOG)\.md$/.test(path));
for (const page of pages)
  for (const { path } of relativeLinks(readFileSync(join(root, page), "utf8"))) {
    const target = join(dirname(page), path).replaceAll("\\", "/");
    const isFolder = [...packed].some((file) => file.startsWith(`${target}/`));
    if (!packed.has(target) && !isFolder)
      faults.push(
        `${page} links to ${target}, which ${existsSync(join(root, target)) ? "is not in the package" : "does not exist"}`,
      );
  }

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);

console.log(run("exec", "--", "publint", tarball, "--strict"));
console.log(run("exec", "--", "attw", tarball, "--profile", "esm-only"));
console.log(
  `${pack.files.length} files, ${(pack.size / 1e6).toFixed(2)} MB packed, ${(pack.unpackedSize / 1e6).toFixed(2)} MB unpacked`,
);
