import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };

const root = fileURLToPath(new URL("..", import.meta.url));
const names = await readdir(join(root, "src"), { recursive: true });
const sources = names.filter((name) => name.endsWith(".ts") && !/(\.test|testing)\.ts$/.test(name));
const layers = sources
  .filter((name) => /^\w+[\\/]index\.ts$/.test(name))
  .map((name) => name.split(/[\\/]/)[0]!);

const target = (module: string) => ({
  types: `./dist/${module}.d.ts`,
  default: `./dist/${module}.js`,
});

/** The module of a layer: a file above the layers where that adds to the layer's own. */
const entryOf = (layer: string) =>
  existsSync(join(root, "src", `${layer}.ts`)) ? layer : `${layer}/index`;

describe("every layer", () => {
  test.each(layers)(
    "%s is an entry point with types, and has one of browsers where they need another",
    (layer) => {
      const exports: Record<string, unknown> = manifest.exports;
      const browser = existsSync(join(root, "src", layer, "browser.ts"));
      expect(exports[`./${layer}`]).toEqual({
        ...(browser && { browser: target(`${layer}/browser`) }),
        ...target(entryOf(layer)),
      });
    },
  );

  test.each(layers)("%s is a namespace of the root module", async (layer) => {
    const index = await readFile(join(root, "src/index.ts"), "utf8");
    expect(index).toContain(`export * as ${layer} from "./${entryOf(layer)}.ts";`);
  });
});

test("every entry point has a source", () => {
  const targets = Object.values(manifest.exports).flatMap((target) => {
    if (typeof target === "string") return [];
    return [target.default, ...("browser" in target ? [target.browser.default] : [])];
  });
  const missing = targets
    .map((target) => target.replace("./dist/", "src/").replace(/\.js$/, ".ts"))
    .filter((source) => !existsSync(join(root, source)));
  expect(missing).toEqual([]);
});

/** What a process, a thread or a page starts with. */
const entries = [
  join("cli", "main.ts"),
  join("element", "element.ts"),
  join("element", "worker.ts"),
  join("image", "training", "batchThread.ts"),
  join("mpi", "watcher.ts"),
];

test("no other module does anything when it is imported, as sideEffects says", async () => {
  const declaration =
    /^(import|export|const|let|function|async function|class|abstract class|interface|type|declare|enum|\/\/|\/\*|\s|[)}\]`>]|#!|$)/;
  const active: string[] = [];
  for (const name of sources) {
    // Lines of a template text are not statements.
    const source = (await readFile(join(root, "src", name), "utf8")).replace(/`[^`]*`/g, "``");
    const lines = source.split("\n");
    if (!lines.every((line) => declaration.test(line))) active.push(name);
  }
  expect(active.toSorted()).toEqual(entries);
});

test("packages that are large or have native code are optional and never imported when a module is loaded", async () => {
  const optional = Object.keys(manifest.optionalDependencies);
  const eager: string[] = [];
  for (const name of sources) {
    const text = await readFile(join(root, "src", name), "utf8");
    for (const [, from = ""] of text.matchAll(
      /^(?:import|export) (?!type )[^;]*from "([^".][^"]*)"/gm,
    ))
      if (optional.some((needed) => from === needed || from.startsWith(`${needed}/`)))
        eager.push(`${name}: ${from}`);
  }
  expect(eager).toEqual([]);
});
