import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { printed, withOutput } from "../../test/snippets.ts";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import * as library from "./index.ts";

const root = new URL(".", import.meta.url).pathname;
const sources = (await readdir(root, { recursive: true })).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
);

/** An example of a docstring, with the function it stands at. */
interface Example {
  readonly name: string;
  readonly code: string;
  readonly line: number;
}

const examples = (
  await Promise.all(
    sources.map(async (name) => examplesOf(await readFile(join(root, name), "utf8"))),
  )
).flat();

function examplesOf(source: string): Example[] {
  const pattern = / \* @example\n \* ```ts\n((?: \* .*\n)*?) \* ```\n \*\/\nexport function (\w+)/g;
  return Array.from(source.matchAll(pattern), ({ 1: lines = "", 2: name = "", index }) => ({
    name,
    code: lines.replaceAll(/^ \* /gm, ""),
    line: source.slice(0, index).split("\n").length + 2,
  }));
}

describe("the example of", () => {
  test.each(examples)("$name prints what its arrows say", async ({ code, line }) => {
    const names = Object.keys(library).filter((name) =>
      new RegExp(`\\b${name}\\(|\\b${name}\\b(?=[,)])`).test(code),
    );
    const program = `import { ${names.join(", ")} } from "ondelette/wavelets";\n${code}`;
    const lines = await printed({ code: program, line }, await temporaryFolder());
    expect(withOutput({ code, line }, lines)).toBe(code);
  });
});

/** The functions that a user of the library meets first. */
const main = [
  ...["dwt", "idwt", "dwt2", "idwt2", "dwtn", "wavedec", "waverec", "wavedec2", "waverec2"],
  ...["wavedecn", "waverecn", "fswavedecn", "wavedecnShapes", "dwtMaxLevel", "dwtCoefficientCount"],
  ...["downcoef", "upcoef", "mapBands", "ravel", "pack", "pad", "swt", "iswt", "swt2", "modwt"],
  ...["imodwt", "modwtMra", "mra", "imra", "waveletPacket", "inverseWaveletPacket", "bestBasis"],
  ...["packetPaths", "waveletPacket2", "lwt", "ilwt", "lwt2", "liftingScheme", "liftingSteps"],
  ...["dualTree", "idualTree", "dualTree2", "hilbertPair", "denoise", "denoise2", "threshold"],
  ...["thresholdFirm", "noiseLevel", "universalThreshold", "demoSignal", "cwt", "icwt", "cwt2"],
  ...["scalesFor", "defaultScales", "continuousWavelet", "centralFrequency", "scaleToFrequency"],
  ...["wavelet", "filterBank", "orthogonalWavelet", "waveletFunctions", "modulusMaxima"],
  ...["modulusMaxima1", "gaussianDerivative", "integerRange", "createFft", "qmf"],
];

test("the main functions have an example", () => {
  const shown = new Set(examples.map(({ name }) => name));
  expect(main.filter((name) => !shown.has(name))).toEqual([]);
});

test("every public function has a docstring", async () => {
  const documented = new Set<string>();
  for (const name of sources) {
    const source = await readFile(join(root, name), "utf8");
    for (const [, found = ""] of source.matchAll(/\*\/\nexport (?:function|const) (\w+)/g))
      documented.add(found);
  }
  expect(Object.keys(library).filter((name) => !documented.has(name))).toEqual([]);
});
