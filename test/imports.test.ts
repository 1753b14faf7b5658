import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importFaults, importsOf, type Rules, type Sources } from "./imports.ts";

const root = join(import.meta.dirname, "..");

/** What the module of browsers is made of. */
const browserModules = [
  ...[
    "src/browser.ts",
    "src/codec.ts",
    "src/codecModel.ts",
    "src/element/element.ts",
    "src/element/worker.ts",
  ],
  ...globSync("src/*/browser.ts", { cwd: root }),
];

/**
 * The layers of `src`, from top to bottom. A file imports files of its own folder and of folders in lower rows, never of
 * folders in the same row. Files directly in `src` lie above all of them.
 */
const rules: Rules = {
  layers: [
    ["cli"],
    ["server", "element"],
    ["array"],
    ["image", "sequence", "field", "hub", "datasets"],
    ["compare"],
    ["train"],
    ["mpi", "nn"],
    ["runtime"],
    ["graph"],
    ["jobs", "plot"],
    ["wavelets", "codec", "data"],
    ["wasm", "errors"],
  ],
  alone: { wavelets: ["wasm"], wasm: [], errors: [] },
  withoutNode: ["array", "wavelets", "codec", "plot", "graph", "nn", "wasm", "errors", "element"],
  packages: {
    "@bufbuild/protobuf": ["runtime", "train"],
    "@hono/node-server": ["server"],
    "@huggingface/hub": ["hub"],
    "@huggingface/tokenizers": ["data"],
    hono: ["server"],
    koffi: ["mpi"],
    "onnxruntime-node": ["runtime"],
    "onnxruntime-web": ["runtime"],
    sharp: ["data"],
    "js-tiktoken": ["sequence"],
  },
  browser: {
    entries: browserModules,
    packages: ["@bufbuild/protobuf", "onnxruntime-web"],
  },
};

/** The product's sources: everything in `src` but tests, their helpers and frozen fixtures. */
function productSources(): Sources {
  const files = globSync("src/**/*.ts", { cwd: root }).filter(
    (path) => !/\.test\.ts$|\/testing\.ts$|\/fixtures\//.test(path),
  );
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

test("every import of src goes down, none closes a circle, and neither the core nor browsers need Node", () => {
  expect(importFaults(productSources(), rules)).toEqual([]);
});

describe("the check finds", () => {
  const clean: Sources = {
    "src/graph/tensor.ts": 'import { sizeOf } from "./types.ts";\n',
    "src/graph/types.ts": "export const sizeOf = 1;\n",
    "src/runtime/emit.ts": 'import type { Tensor } from "../graph/tensor.ts";\n',
    "src/codec/walk.ts": 'import { userError } from "../errors/userError.ts";\n',
    "src/errors/userError.ts": "export const userError = 1;\n",
    "src/data/png.ts": 'import { gzip } from "node:zlib";\nexport const png = 1;\n',
    "src/wavelets/dwt.ts": "export const dwt = 1;\n",
    "src/data/raster.ts": "export const raster = 1;\n",
    "src/data/browser.ts": 'export { raster } from "./raster.ts";\n',
    "src/index.ts": 'export * as codec from "./codec/walk.ts";\n',
  };
  const browser = { ...rules.browser, entries: ["src/data/browser.ts"] };
  const faults = (planted: Sources) =>
    importFaults({ ...clean, ...planted }, { ...rules, browser });

  test("nothing in clean sources", () => {
    expect(faults({})).toEqual([]);
  });

  test.each<[string, Sources, RegExp]>([
    [
      "an import of a higher layer",
      { "src/graph/flops.ts": '\nimport { emit } from "../runtime/emit.ts";\n' },
      /^src\/graph\/flops.ts:2: imports up: runtime lies above graph/,
    ],
    [
      "a type-only import of a higher layer, over several lines",
      { "src/graph/flops.ts": 'import type {\n  A,\n} from "../runtime/emit.ts";\n' },
      /^src\/graph\/flops.ts:3: imports up/,
    ],
    [
      "an import of the root module",
      { "src/data/png.ts": 'import { codec } from "../index.ts";\n' },
      /^src\/data\/png.ts:1: imports up: src\/index.ts lies above data/,
    ],
    [
      "a sideways import",
      { "src/codec/walk.ts": 'export { png } from "../data/png.ts";\n' },
      /^src\/codec\/walk.ts:1: imports sideways: data lies beside codec/,
    ],
    [
      "a sideways import() in a type",
      { "src/codec/walk.ts": '\n\ntype P = import("../data/png.ts").Png;\n' },
      /^src\/codec\/walk.ts:3: imports sideways/,
    ],
    [
      "a circle of types alone",
      { "src/graph/types.ts": 'import type { Tensor } from "./tensor.ts";\n' },
      /^src\/graph\/(tensor|types).ts:1: lies on an import circle: src\/graph\/.* -> src\/graph\//,
    ],
    [
      "a file that imports itself",
      { "src/graph/types.ts": 'import type { Shape } from "./types.ts";\n' },
      /^src\/graph\/types.ts:1: lies on an import circle/,
    ],
    [
      "a layer that must import nothing but itself",
      { "src/wavelets/dwt.ts": 'import "../errors/userError.ts";\n' },
      /^src\/wavelets\/dwt.ts:1: itself and wasm is all that wavelets may import/,
    ],
    [
      "a module of Node in the core",
      { "src/wavelets/dwt.ts": 'import { cpus } from "node:os";\n' },
      /^src\/wavelets\/dwt.ts:1: wavelets must not import node:os/,
    ],
    [
      "a package outside its layer",
      { "src/graph/types.ts": 'const ort = await import("onnxruntime-node");\n' },
      /^src\/graph\/types.ts:1: only runtime may import onnxruntime-node/,
    ],
    [
      "a package that the table does not know",
      { "src/data/png.ts": 'import x from "@scope/left-pad/deep";\n' },
      /^src\/data\/png.ts:1: package @scope\/left-pad is missing/,
    ],
    [
      "an import of a test's file",
      { "src/data/png.ts": 'import { x } from "./testing.ts";\n' },
      /^src\/data\/png.ts:1: src\/data\/testing.ts does not exist or is part of a test/,
    ],
    [
      "a module of Node that a browser reaches through others",
      { "src/data/raster.ts": '\nimport type { Png } from "./png.ts";\n' },
      /^src\/data\/png.ts:1: a browser reaches node:zlib by src\/data\/browser.ts -> src\/data\/raster.ts -> src\/data\/png.ts$/,
    ],
    [
      "a global of Node that a browser reaches",
      { "src/data/raster.ts": "// Buffer\nexport const raster = Buffer.from([1]);\n" },
      /^src\/data\/raster.ts:2: a browser reaches Node's Buffer by/,
    ],
    [
      "a package that does not run in a browser",
      { "src/data/raster.ts": 'export const sharp = () => import("sharp");\n' },
      /^src\/data\/raster.ts:1: a browser reaches sharp by/,
    ],
    [
      "a folder that the table does not know",
      { "src/misc/x.ts": "export const x = 1;\n" },
      /^src\/misc: is missing from the table of layers/,
    ],
  ])("%s", (_, planted, fault) => {
    expect(faults(planted)).toEqual([expect.stringMatching(fault)]);
  });

  test("a circle over three files once, with all its lines", () => {
    const found = faults({
      "src/graph/a.ts": 'import "./b.ts";\n',
      "src/graph/b.ts": '\nimport type { C } from "./c.ts";\n',
      "src/graph/c.ts": 'export type { A } from "./a.ts";\n',
    });
    expect(found).toEqual([
      "src/graph/a.ts:1: lies on an import circle: src/graph/a.ts:1 -> src/graph/b.ts, " +
        "src/graph/b.ts:2 -> src/graph/c.ts, src/graph/c.ts:1 -> src/graph/a.ts",
    ]);
  });

  test("no import in comments, documentation and template strings", () => {
    const source = [
      "/**",
      ' * import { x } from "../cli/main.ts";',
      " */",
      '// import "../cli/main.ts";',
      'const text = `\nimport "../cli/main.ts";\n`;',
      'const url = "https://example.org"; // import("../cli/main.ts")',
    ].join("\n");
    expect(importsOf({ "src/graph/types.ts": source })).toEqual([]);
  });
});
