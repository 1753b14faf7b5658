/**
 * Judges class-conditional samples: the share of them in which a trained classifier recognizes their class.
 *
 *   node scripts/digitClassifier/judge.ts --classifier classifier.safetensors --images samples
 */
import { defineCommand } from "../../src/cli/parser/command.ts";
import { loadImages, openImages } from "../../src/data/index.ts";
import { UserError } from "../../src/errors/index.ts";
import { runScript } from "../runScript.ts";
import { type Classifier, readClassifier, recognize } from "./classifier.ts";
import { percent } from "./percent.ts";

/** How many of some pictures were recognized. */
export type Verdict = {
  readonly images: number;
  readonly recognized: number;
  /** Recognized over images. */
  readonly share: number;
};

/** The verdict on a set of pictures, and on each class of it. */
export interface Judgment extends Verdict {
  readonly classes: Readonly<Record<string, Verdict>>;
}

/** Judges a folder with a sub-folder for each class, or IDX files with labels. */
export async function judge(
  classifier: Classifier,
  path: string,
  { threads = 1, signal }: { readonly threads?: number; readonly signal?: AbortSignal } = {},
): Promise<Judgment> {
  const { side, classNames } = classifier;
  const source = await openImages(path, { part: "all" });
  if (!source.enlargeable && source.classNames.length < 2)
    throw new UserError(`${path} has no labels beside it to judge the pictures by`);
  const { rasters, labels } = await loadImages(source, {
    color: "gray",
    ...(signal && { signal }),
  });
  // By name: a folder need not hold every class.
  const expected = source.classNames.map((name) => {
    const index = classNames.indexOf(name);
    if (index < 0)
      throw new UserError(
        `${path}: “${name}” is not a class of this classifier; its classes are ${classNames.join(" ")}`,
      );
    return index;
  });
  rasters.forEach(({ width, height }, i) => {
    if (width !== side || height !== side)
      throw new UserError(
        `${source.name(i)} is ${width}×${height} pixels; this classifier reads ${side}×${side}`,
      );
  });

  const found = await recognize(classifier, rasters, { threads });
  const verdict = (indices: readonly number[]): Verdict => {
    const recognized = indices.filter((i) => found[i] === expected[labels[i]!]).length;
    return { images: indices.length, recognized, share: recognized / indices.length };
  };
  const all = [...rasters.keys()];
  const classes = source.classNames
    .map((name, label) => ({ name, indices: all.filter((i) => labels[i] === label) }))
    .filter(({ indices }) => indices.length > 0)
    .map(({ name, indices }): [string, Verdict] => [name, verdict(indices)]);
  return { ...verdict(all), classes: Object.fromEntries(classes) };
}

const command = defineCommand({
  options: {
    classifier: {
      type: "string",
      placeholder: "FILE",
      required: true,
      help: "classifier that train.ts wrote",
    },
    images: {
      type: "string",
      placeholder: "PATH",
      required: true,
      help: "folder with a folder of pictures for each class, or IDX images with labels",
    },
    threads: { type: "integer", min: 1, default: 1, help: "threads of the engine" },
  },
  examples: [
    "node scripts/digitClassifier/judge.ts --classifier classifier.safetensors --images samples",
  ],
  async run({ classifier: file, images: path, threads }, { print, signal }) {
    const { classifier, accuracy } = await readClassifier(file);
    const judgment = await judge(classifier, path, { threads, signal });
    const { classes, images, recognized, share } = judgment;
    const counted = (verdict: Verdict) => `${verdict.recognized} of ${verdict.images}`;
    for (const [name, verdict] of Object.entries(classes))
      print(`${name.padEnd(12)}${percent(verdict.share).padStart(9)}  ${counted(verdict)}`);
    print(`${"recognized".padEnd(12)}${percent(share).padStart(9)}  ${recognized} of ${images}`);
    print(
      `The classifier itself recognizes ${percent(accuracy.real)} of the test digits, ` +
        `${percent(accuracy.decoded)} after encoding and decoding.`,
    );
    return { ...judgment, classifier: accuracy };
  },
});

if (import.meta.main)
  await runScript("scripts/digitClassifier/judge.ts", "judge sampled digits", command);
