import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };

const source = join(import.meta.dirname, "../src");

/** What a browser does not have of each entry point: it needs Node's files, threads or processes. */
const missing: Readonly<Record<string, string>> = {
  ".": "datasets hub mpi",
  compare: "writeResults",
  data:
    "DecodeOptions FineOptions FinePicture ImageFolder ImageSource LoadOptions MetricsWriter OnPictureNote OpenImagesOptions " +
    "Part PictureNote PrintedDigitsOptions TokenNote TokenStore WriteTokensOptions checkOutput decodeFineImage decodeImage " +
    "drawOver drawSvg encodePng isFile listImageFolder loadImage loadImages makeFolder openImages openMetrics openTokens " +
    "printedDigitCounts printedDigits readCaptions readFineImage readIdx readImage readMetrics readMidi readNpy " +
    "readSafetensors readSound readText readWholeFile resizeCover streamFile writeFileAtomically writeImage writeMidi " +
    "writeNpy writeSafetensors writeSound writeTokens",
  field:
    "CompareOptions DrawChartOptions ErrorMap ErrorMapOptions FinishOptions FinishedFit LoadOptions NamedSignal " +
    "SpectrumChartOptions SpectrumLine compareFields drawChart drawSingularities errorMap fieldFiles fieldTable " +
    "finishFit loadSignal portrayField saveSignal saveSpectrum spectrumChart",
  image:
    "Fidelity FidelityImages FidelityOptions Likeness captionVectors fidelity halves hashOfPictures hashOfStatistics " +
    "imageFiles vectorsFor",
  runtime: "DeviceFacts ProductRate bestDevice listDevices productRate",
  sequence:
    "ClassifierComparison ClassifierRequest CompareOptions MixingComparison MixingSubject OpenedDocuments SequenceComparison " +
    "classifierSubject compareMixings createClassifier createSequence fitCorpus openCorpus openDocuments openTask prepareCorpus " +
    "reopenCorpus reopenTask sequenceFiles sequenceSubject",
  train:
    "RunPlace RunSummary TrainedRun drawCurve folderStore listRuns readCheckpoint readParameters runFiles " +
    "writeCheckpoint",
};

/** The names of an entry point, types included, and those of modules that it passes on as a whole. */
function namesOf(entry: string): string[] {
  const text = readFileSync(join(source, entry), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from/gm)].flatMap(([, list]) =>
    list!.split(",").flatMap((item) => /(\w+)\s*$/.exec(item.trim())?.[1] ?? []),
  );
  const namespaces = [...text.matchAll(/^export \* as (\w+) from/gm)].map(([, name]) => name!);
  const passedOn = [...text.matchAll(/^export \* from "([^"]+)"/gm)].flatMap(([, path]) =>
    namesOf(join(dirname(entry), path!)),
  );
  return [...new Set([...lists, ...namespaces, ...passedOn])].sort();
}

const folders = Object.keys(manifest.exports)
  .map((path) => path.replace(/^\.\/?/, ""))
  .filter((folder) => existsSync(join(source, folder, "browser.ts")));

describe.each(folders.map((folder) => folder || "."))("%s", (folder) => {
  const own = namesOf(join(folder, "index.ts"));
  const inBrowser = namesOf(join(folder, "browser.ts"));

  test("has in a browser the names that it has in Node, but for those listed", () => {
    const without = (missing[folder] ?? "").split(" ").filter((name) => name !== "");
    expect(own.filter((name) => !inBrowser.includes(name))).toEqual([...without].sort());
  });

  test("has no names in a browser alone", () => {
    expect(inBrowser.filter((name) => !own.includes(name))).toEqual([]);
  });
});

test("every list of names is of an entry point", () => {
  expect(
    Object.keys(missing).filter((name) => !folders.includes(name === "." ? "" : name)),
  ).toEqual([]);
});
