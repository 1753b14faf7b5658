import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { someNumbers } from "../../../test/evaluate.ts";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { encodeTokens } from "../../codec/encode.ts";
import { readSafetensors } from "../../data/formats/safetensorsFile.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { openEvaluator } from "../../field/evaluate/evaluate.ts";
import { openField } from "../../field/runFolder.ts";
import { classifyImages } from "../../image/classify/classifyImages.ts";
import { openImageClassifier } from "../../image/classify/runFolder.ts";
import { replay } from "../../image/language/replay.ts";
import { assembleBatch } from "../../image/paper/batch.ts";
import { openImageRun } from "../../image/runFolder.ts";
import { createDescriber } from "../../image/state/describer.ts";
import { type StateOptions, stateDefaults } from "../../image/state/options.ts";
import { discPicture, someExamples, tinyModels } from "../../image/testing.ts";
import { onnxSummary } from "../../runtime/index.ts";
import { openClassifier } from "../../sequence/classify/createClassifier.ts";
import { openClassifierScorer } from "../../sequence/classify/score.ts";
import { openSequence } from "../../sequence/runFolder.ts";
import { openScorer } from "../../sequence/score.ts";
import { toyText } from "../../sequence/testing.ts";
import { runFiles } from "../../train/run/runFolder.ts";
import { ondelette } from "../testing.ts";

const batches = [1, 5];

/** A run of a few steps, made by the command line. */
const make = {
  async sequence(folder: string) {
    await writeFile(join(folder, "toy.txt"), toyText);
    const small = "--layers 1 --width 8 --heads 2 --context 8 --batch 4 --steps 2 --threads 1";
    const data = ["--data", join(folder, "toy.txt"), "--kind", "chars"];
    return ["sequence", "train", ...data, ...small.split(" ")];
  },
  async classifier() {
    const small = "--layers 1 --width 8 --heads 2 --batch 4 --steps 2 --threads 1 --valid 8";
    return ["sequence", "classify", ...small.split(" "), "--min-length", "4", "--max-length", "9"];
  },
  async field(folder: string) {
    const path = join(folder, "picture.png");
    await writeImage(path, discPicture(20, 16, 3, "picture"));
    return ["field", "fit", path, ..."--model siren --params 500 --steps 3 --threads 1".split(" ")];
  },
  async imageClassifier(folder: string) {
    const data = await discFolder(folder, 9, 3);
    const small = "--color rgb --channels 8 --blocks 1 --batch 4 --steps 3 --threads 1";
    return ["image", "classify", "--data", data, ...small.split(" ")];
  },
  state: (folder: string) => imageTraining(folder, "state"),
  paper: (folder: string) => imageTraining(folder, "paper"),
} satisfies Record<string, (folder: string) => Promise<string[]>>;

/** Pictures of two classes. */
async function discFolder(folder: string, side: number, channels: 1 | 3): Promise<string> {
  const data = join(folder, "discs");
  for (const name of ["even", "odd"]) {
    await mkdir(join(data, name), { recursive: true });
    for (const i of [1, 2, 3, 4]) {
      const disc = discPicture(side, side, channels, `${name} ${i}`);
      await writeImage(join(data, name, `${i}.png`), disc);
    }
  }
  return data;
}

async function imageTraining(folder: string, model: "state" | "paper") {
  const side = model === "state" ? 16 : 8; // smaller pictures have no decisions of detail
  const data = await discFolder(folder, side, 1);
  const { width, depth, summaryWidth, cellWidth, rows } = tinyModels.state.options as StateOptions;
  const changes =
    model === "state" ? { width, depth, summaryWidth, cellWidth, rows } : { layers: 1, width: 16 };
  const small = `--model ${model} --finest 0.25 --steps 3 --threads 1`.split(" ");
  return ["image", "train", "--data", data, ...small, "--overrides", JSON.stringify(changes)];
}

async function trained(kind: keyof typeof make) {
  const folder = await temporaryFolder();
  const run = join(folder, "run");
  const result = await ondelette(...(await make[kind](folder)), "--out", run);
  expect(result).toMatchObject({ code: 0 });
  return { folder, run, out: join(folder, "model.onnx") };
}

/** A trained run, exported by the command, and the file opened by ONNX Runtime. */
async function exported(kind: keyof typeof make, ...more: string[]) {
  const { run, out } = await trained(kind);
  const result = await ondelette("export", run, "-o", out, "--json", ...more);
  expect(result).toMatchObject({ code: 0 });
  const bytes = await readFile(out);
  // Every parameter of the checkpoint is an initializer of its name.
  const { tensors } = await readSafetensors(runFiles(run).latest);
  const names = [...tensors.keys()].filter((name) => name.startsWith("parameters/"));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(bytes.includes(name.replace("parameters/", ""))).toBe(true);
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  onTestFinished(() => session.release());
  const shapes = (values: readonly InferenceSession.ValueMetadata[]) =>
    values.map((value) => value.isTensor && [value.name, value.type, ...value.shape]);
  return {
    run,
    printed: JSON.parse(result.out),
    inputs: shapes(session.inputMetadata),
    outputs: shapes(session.outputMetadata),
    summary: onnxSummary(bytes),
    /** An output of the file, as rows of a batch. */
    async rows(name: string, batch: number, feeds: Record<string, Tensor>) {
      const value = (await session.run(feeds))[name]!; // an output
      expect(value.dims[0]).toBe(batch);
      const data = value.data as Float32Array;
      const width = data.length / batch;
      return Array.from({ length: batch }, (_, i) => data.subarray(i * width, (i + 1) * width));
    },
  };
}

/** -ln of the probability of a token among some, by its logits. */
function costOf(logits: Float32Array, token: number, allowed = (_: number) => true): number {
  const shares = Array.from(logits, (logit, t) => (allowed(t) ? Math.exp(logit) : 0));
  return Math.log(shares.reduce((sum, share) => sum + share, 0)) - logits[token]!;
}

/** Equal to a relative difference of 1e-5. */
function expectSame(found: number, expected: number) {
  expect(Math.abs(found - expected) / Math.abs(expected)).toBeLessThan(1e-5);
}

const integers = (count: number, below: number, seed: number) =>
  Int32Array.from(someNumbers(count, 0, below, seed), Math.floor);

describe("ondelette export writes a file with a free batch that computes what the run computes:", () => {
  test("a sequence model", async () => {
    const { run: folder, inputs, outputs, summary, rows, printed } = await exported("sequence");
    const run = await openSequence(folder);
    const { context, symbols } = run.size;
    expect(inputs).toEqual([["inputs", "int32", "batch", context]]);
    expect(outputs).toEqual([["logits", "float32", "batch", context, symbols]]);
    expect(printed.inputs[0]).toMatchObject({ type: "int32", shape: ["batch", context] });
    const { kind, alphabet } = summary.properties;
    expect([kind, JSON.parse(alphabet!)]).toEqual(["sequence", run.config.alphabet]);

    await using scorer = await openScorer(run, { batch: 1, context }, { threads: 1 });
    for (const batch of batches) {
      // The start symbol too is an input.
      const tokens = integers(batch * context, symbols + 1, batch);
      const targets = integers(batch * context, symbols, batch + 1);
      const shape = [batch, context];
      const logits = await rows("logits", batch, { inputs: new Tensor("int32", tokens, shape) });
      for (const [b, row] of logits.entries()) {
        const window = (x: Int32Array) => x.slice(b * context, (b + 1) * context);
        const { nats } = await scorer.score(run.parameters, [
          { inputs: window(tokens), targets: window(targets) },
        ]);
        const found = Array.from(window(targets), (target, t) =>
          costOf(row.subarray(t * symbols, (t + 1) * symbols), target),
        );
        expectSame(
          found.reduce((sum, cost) => sum + cost, 0),
          nats,
        );
      }
    }
  });

  test("a classifier", async () => {
    const { run: folder, inputs, outputs, summary, rows } = await exported("classifier");
    const run = await openClassifier(folder);
    const { context, symbols, classes } = run.size;
    expect(inputs).toEqual([
      ["inputs", "int32", "batch", context],
      ["lengths", "int32", "batch"],
    ]);
    expect(outputs).toEqual([["logits", "float32", "batch", classes]]);
    expect(summary.properties).toMatchObject({ kind: "classifier", task: "listops" });
    expect(JSON.parse(summary.properties.classNames!)).toEqual(run.config.classNames);

    await using scorer = await openClassifierScorer(run, { batch: 1 }, { threads: 1 });
    for (const batch of batches) {
      const tokens = integers(batch * context, symbols, batch);
      const lengths = integers(batch, context, batch + 1).map((length) => length + 1);
      const labels = integers(batch, classes, batch + 2);
      const logits = await rows("logits", batch, {
        inputs: new Tensor("int32", tokens, [batch, context]),
        lengths: new Tensor("int32", lengths, [batch]),
      });
      for (const [b, row] of logits.entries()) {
        const { nats } = await scorer.score(run.parameters, [
          {
            inputs: tokens.slice(b * context, (b + 1) * context),
            lengths: lengths.slice(b, b + 1),
            labels: labels.slice(b, b + 1),
          },
        ]);
        expectSame(costOf(row, labels[b]!), nats);
      }
    }
  });

  test("a classifier of images, with logits and the features that they are a linear map of", async () => {
    const { run: folder, inputs, outputs, summary, rows } = await exported("imageClassifier");
    const run = await openImageClassifier(folder);
    expect(inputs).toEqual([["pictures", "float32", "batch", 3, 9, 9]]);
    expect(outputs).toEqual([
      ["logits", "float32", "batch", 2],
      ["features", "float32", "batch", 8],
    ]);
    expect(summary.properties).toMatchObject({ kind: "image-classifier", color: "rgb" });
    expect(JSON.parse(summary.properties.classNames!)).toEqual(["even", "odd"]);

    const head = (name: string) => run.layout.parameters.find((p) => p.name === name)!.offset;
    const [weight, bias] = [head("head.weight"), head("head.bias")];
    for (const batch of batches) {
      const discs = Array.from({ length: batch }, (_, i) => discPicture(9, 9, 3, i));
      const planes = discs.flatMap(({ data }) =>
        [0, 1, 2].flatMap((color) => [...data].filter((_, j) => j % 3 === color)),
      );
      const feeds = {
        pictures: new Tensor(
          "float32",
          Float32Array.from(planes, (v) => v / 255),
          [batch, 3, 9, 9],
        ),
      };
      const [logits, features] = [
        await rows("logits", batch, feeds),
        await rows("features", batch, feeds),
      ];
      const best = await classifyImages(run, discs, { threads: 1 });
      for (const [b, row] of logits.entries()) {
        expect(best[b]).toBe(row[1]! > row[0]! ? 1 : 0);
        for (const c of [0, 1]) {
          const expected = features[b]!.reduce(
            (sum, v, f) => sum + v * run.parameters[weight + 2 * f + c]!,
            run.parameters[bias + c]!,
          );
          expect(row[c]).toBeCloseTo(expected, 5);
        }
      }
    }
  });

  test("a field, at more points than are computed at once elsewhere too", async () => {
    const { run: folder, inputs, outputs, summary, rows } = await exported("field");
    const field = await openField(folder);
    expect(inputs).toEqual([["points", "float32", "batch", 2]]);
    expect(outputs).toEqual([["values", "float32", "batch", 3]]);
    expect(summary.properties).toMatchObject({ kind: "field", size: "[16,20]" });

    await using evaluator = await openEvaluator(field, field.parameters, { threads: 1 });
    for (const count of [...batches, 5000]) {
      const points = Float32Array.from(someNumbers(2 * count, -1, 1, count));
      const feeds = { points: new Tensor("float32", points, [count, 2]) };
      const found = (await rows("values", count, feeds)).flatMap((row) => [...row]);
      const expected = await evaluator.values(points);
      const worst = found.map((value, i) => Math.abs(value - expected[i]!));
      expect(worst.reduce((a, b) => Math.max(a, b))).toBeLessThan(1e-5);
    }
  });

  test("the image model paper", async () => {
    const exporting = await exported("paper", "--length", "150");
    const { run: folder, inputs, outputs, summary, rows } = exporting;
    const { language, model, parameters, config } = await openImageRun(folder);
    const length = 150;
    expect(inputs).toEqual([
      ["tokens", "int32", "batch", length],
      ["location", "float32", "batch", length, 3],
      ["startingPlane", "int32", "batch"],
      ["label", "int32", "batch"],
    ]);
    expect(outputs).toEqual([["logits", "float32", "batch", length, 7]]);
    expect(summary.properties).toMatchObject({ kind: "image", model: "paper", width: "8" });
    expect(JSON.parse(summary.properties.classNames!)).toEqual(config.classNames);

    const examples = someExamples(language, 5);
    const streams = examples.map(({ coefficients, label }) => ({
      ...encodeTokens(coefficients, language.tokens),
      label,
    }));
    expect(Math.max(...streams.map(({ tokens }) => tokens.length))).toBeLessThanOrEqual(length);
    const startingPlanes =
      Math.max(...config.startingPlanes.flatMap((c) => Object.keys(c).map(Number))) -
      language.tokens.finestPlane +
      2;
    await using scorer = await model.scorer(parameters, { threads: 1 });
    const bits = await scorer.bits(examples);
    for (const batch of batches) {
      const sizes = { vocabulary: 7, startingPlanes };
      const shape = { batch, length };
      const fed = assembleBatch(streams.slice(0, batch), language.tokens, shape, sizes);
      const logits = await rows("logits", batch, {
        tokens: new Tensor("int32", fed.tokens, [batch, length]),
        location: new Tensor("float32", fed.location, [batch, length, 3]),
        startingPlane: new Tensor("int32", fed.startingPlane, [batch]),
        label: new Tensor("int32", fed.label, [batch]),
      });
      for (const [b, row] of logits.entries()) {
        const costs = Array.from(streams[b]!.tokens, (token, t) =>
          costOf(
            row.subarray(7 * t, 7 * t + 7),
            token,
            (other) => fed.legal[7 * (b * length + t) + other] === 1,
          ),
        );
        expectSame(costs.reduce((sum, cost) => sum + cost, 0) / Math.LN2, bits[b]!);
      }
    }
  });

  test("the image model state, a row for each decision of an image", async () => {
    const { run: folder, inputs, outputs, summary, rows } = await exported("state");
    const { language, model, parameters, config } = await openImageRun(folder);
    const highestPlane = Math.max(
      ...config.startingPlanes.flatMap((counts) => Object.keys(counts).map(Number)),
    );
    const setting = { language, classes: config.classNames.length, highestPlane };
    const describer = createDescriber(setting, stateDefaults.sight);
    const { siteWidth, stateWidth } = describer;
    expect(inputs).toEqual([
      ["site", "float32", "batch", siteWidth.shape],
      ["state", "float32", "batch", stateWidth],
      ["cell", "int32", "batch"],
    ]);
    expect(outputs).toEqual([
      ["shapeLogits", "float32", "batch", 7],
      ["detailLogits", "float32", "batch", 7],
    ]);
    expect(summary.properties).toMatchObject({ kind: "image", model: "state" });

    const [example] = someExamples(language, 1);
    const { coefficients, label } = example!;
    const { startingPlane } = encodeTokens(coefficients, language.tokens);
    const follower = describer.follow(label, startingPlane);
    const state = new Float32Array(stateWidth);
    const decisions = Array.from(
      replay(coefficients, language.tokens),
      ({ site, approximation, token }) => {
        if (follower.enter(site, approximation)) {
          follower.writeState(state, 0, site, approximation);
        }
        const description = new Float32Array(siteWidth.shape);
        follower.writeSite(description, 0, site, approximation);
        return {
          ...{ description, state: state.slice(), cell: follower.cellOf(site) },
          ...{ token, legal: site.legal, scale: describer.scaleOf(site) },
        };
      },
    );
    expect(new Set(decisions.map(({ scale }) => scale))).toEqual(new Set(["shape", "detail"]));
    await using scorer = await model.scorer(parameters, { threads: 1 });
    const [bits] = await scorer.bits([example!]);
    for (const batch of batches) {
      let nats = 0;
      for (let from = 0; from < decisions.length; from += batch) {
        const some = decisions.slice(from, from + batch);
        const n = some.length;
        const flat = (arrays: readonly Float32Array[]) =>
          Float32Array.from(arrays.flatMap((x) => [...x]));
        const feeds = {
          site: new Tensor("float32", flat(some.map((d) => d.description)), [n, siteWidth.shape]),
          state: new Tensor("float32", flat(some.map((d) => d.state)), [n, stateWidth]),
          cell: new Tensor(
            "int32",
            Int32Array.from(some, (d) => d.cell),
            [n],
          ),
        };
        const logits = {
          shape: await rows("shapeLogits", n, feeds),
          detail: await rows("detailLogits", n, feeds),
        };
        for (const [b, { scale, token, legal }] of some.entries()) {
          nats += costOf(logits[scale][b]!, token, (other) => ((legal >> other) & 1) === 1);
        }
      }
      expectSame(nats / Math.LN2, bits!);
    }
  });
});

test("inputs, outputs and the size of the file are printed", async () => {
  const { folder, run, out } = await trained("field");
  const { code, out: printed } = await ondelette("export", run, "-o", out);
  expect(code).toBe(0);
  expect(printed.replace(folder, "")).toBe(
    `/model.onnx: ${((await readFile(out)).length / 1000).toFixed(1)} kB, a model of kind field\n` +
      "  input   points  float32 [batch, 2]  coordinates, slowest axis first; the longest axis of the signal spans -1 to 1\n" +
      "  output  values  float32 [batch, 3]  values of the channels; the signal's range is -1 to 1\n",
  );
});

describe("a mistake gets one sentence, exit code 2 and no file:", () => {
  const failing = async (run: string, out: string, ...more: string[]) => {
    const result = await ondelette("export", run, "-o", out, ...more);
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(existsSync(out)).toBe(false);
    return result.err.trimEnd().replace("ondelette: ", "");
  };

  test("in the name of the output", async () => {
    const { folder, run } = await trained("field");
    const other = join(folder, "model.pt");
    expect(await failing(run, other)).toBe(
      `${other} must end in .onnx, because an ONNX file is written, or in .safetensors for the codec of an image model`,
    );
    const lost = join(folder, "nowhere", "model.onnx");
    expect(await failing(run, lost)).toContain(`the folder ${join(folder, "nowhere")} does not`);
  });

  test("in the run", async () => {
    const { folder, run, out } = await trained("field");
    const { latest, config } = runFiles(run);
    expect(await failing(folder, out)).toBe(`${folder} is not a run folder: it has no config.json`);
    expect(await failing(run, out, "--length", "8")).toBe(
      "--length is for the image model paper alone",
    );
    await rm(latest);
    expect(await failing(run, out)).toContain(`${run} has no checkpoint yet`);
    await writeFile(config, '{"kind":"dream","format":1}');
    expect(await failing(run, out)).toBe(
      `${run} is a run of kind "dream", which cannot be exported; image, image-classifier, sequence, classifier, field can`,
    );
  });

  test("in a length that the image model does not have", async () => {
    const { run, out } = await trained("state");
    expect(await failing(run, out, "--length", "8")).toBe(
      "the image model state answers single decisions and has no length",
    );
  });
});
