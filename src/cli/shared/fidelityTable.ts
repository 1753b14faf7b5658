import type { Fidelity, Likeness, Memory } from "../../image/index.ts";

/** Mean numbers of tokens. */
export interface StreamMeans {
  readonly samples: number;
  readonly real: number;
  readonly training: number | undefined;
  readonly reference: number;
}

/** What was compared, in words. */
export interface FidelityAbout {
  readonly real: string;
  readonly samples: string;
  readonly seed: number;
}

/** The lines that `image fidelity` prints. */
export function fidelityTable(
  { features, dimension, reference, compared, neighbors, ...columns }: Fidelity,
  about: FidelityAbout,
  streams: StreamMeans | undefined,
  memory: Memory | undefined,
): string[] {
  const { samples, real, training } = columns;
  const row = (name: string, [one = "", other = "", third = ""]: Cells, remark = "") => {
    const cells = [one, other, ...(training ? [third] : [])];
    return `${name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join("")}${remark && `   ${remark}`}`;
  };
  const figures = (name: keyof Likeness) =>
    cellsOf([samples[name], real[name], training?.[name]], 3);
  const toReference = (value: number | undefined, to: number | undefined, digits: number) =>
    `reference ${to?.toFixed(digits)}, samples ${percent(changed(value, to))}`;
  return [
    `reference    ${reference.images} pictures: a half of ${about.real}, by seed ${about.seed}`,
    `real         ${compared} pictures of the other half`,
    ...(training ? [`training     ${compared} pictures of the train part`] : []),
    `samples      ${compared} pictures: ${about.samples}`,
    `features     ${dimension}: ${features}`,
    `sha256       statistics ${reference.statistics}`,
    `             pictures   ${reference.pictures}`,
    "",
    row("", ["samples", "real", "training"]),
    row("Fréchet distance", [samples, real, training].map(distanceText)),
    row("precision", figures("precision"), `${neighbors} nearest neighbors`),
    row("recall", figures("recall")),
    ...(samples.sameClass !== undefined
      ? [row("class of nearest", figures("sameClass"), "share that has its own")]
      : []),
    ...(samples.components !== undefined
      ? [
          row(
            "bright parts",
            figures("components"),
            toReference(samples.components, reference.components, 3),
          ),
        ]
      : []),
    ...(streams
      ? [
          row(
            "tokens per picture",
            cellsOf([streams.samples, streams.real, streams.training], 1),
            toReference(streams.samples, streams.reference, 1),
          ),
        ]
      : []),
    ...(memory
      ? [
          row(
            "nearest training picture",
            cellsOf([memory.distance.samples, memory.distance.real, undefined], 2),
            `gray levels of difference; ${memory.images} pictures each, ${memory.training} of training`,
          ),
          row("as near as 1 in 20 real", cellsOf([memory.nearer, 0.05, undefined], 3), "share"),
        ]
      : []),
  ];
}

/** Four digits: the scale of features can be any. */
const distanceText = (likeness: Likeness | undefined): string => {
  if (!likeness) return "";
  const { frechet } = likeness;
  return frechet < 1e4 ? frechet.toPrecision(4) : frechet.toFixed(0);
};

/** Texts of the columns samples, real and training. */
type Cells = readonly string[];

const cellsOf = (values: readonly (number | undefined)[], digits: number): Cells =>
  values.map((value) => value?.toFixed(digits) ?? "");

/** The same for machines. */
export function fidelityJson(
  figures: Fidelity,
  streams: StreamMeans | undefined,
  memory: Memory | undefined,
) {
  const { samples, real, training, reference, compared, dimension, features, neighbors } = figures;
  const of = (name: keyof Likeness) => ({
    samples: samples[name],
    real: real[name],
    training: training?.[name],
  });
  return {
    images: compared,
    features: { description: features, dimension },
    neighbors,
    frechet: of("frechet"),
    precision: of("precision"),
    recall: of("recall"),
    sameClass: of("sameClass"),
    components: {
      ...of("components"),
      reference: reference.components,
      change: changed(samples.components, reference.components),
    },
    tokens: streams && { ...streams, change: changed(streams.samples, streams.reference) },
    memory: memory && {
      training: memory.training,
      images: memory.images,
      distance: memory.distance,
      nearer: memory.nearer,
    },
  };
}

/** By how much a number differs from another, as a share of that; undefined where one is missing. */
const changed = (value: number | undefined, from: number | undefined): number | undefined =>
  value === undefined || from === undefined ? undefined : value / from - 1;

const percent = (change: number | undefined): string =>
  change === undefined ? "" : `${change < 0 ? "−" : "+"}${Math.abs(100 * change).toFixed(1)} %`;
