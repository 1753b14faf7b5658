import type { Fidelity, Memory } from "../../image/index.ts";

/** Mean numbers of tokens. */
export interface StreamMeans {
  readonly samples: number;
  readonly real: number;
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
  { features, dimension, reference, compared, neighbors, samples, real }: Fidelity,
  about: FidelityAbout,
  streams: StreamMeans | undefined,
  memory: Memory | undefined,
): string[] {
  const row = (name: string, one: string, other: string, remark = "") =>
    `${name.padEnd(24)}${one.padStart(10)}${other.padStart(10)}${remark && `   ${remark}`}`;
  const share = (value: number | undefined) => (value === undefined ? "" : value.toFixed(3));
  const withReference = (value: number, to: number, digits: number) =>
    `reference ${to.toFixed(digits)}, samples ${percent(changed(value, to))}`;
  return [
    `reference    ${reference.images} pictures: a half of ${about.real}, by seed ${about.seed}`,
    `real         ${compared} pictures of the other half`,
    `samples      ${compared} pictures: ${about.samples}`,
    `features     ${dimension}: ${features}`,
    `sha256       statistics ${reference.statistics}`,
    `             pictures   ${reference.pictures}`,
    "",
    row("", "samples", "real"),
    row("Fréchet distance", samples.frechet.toPrecision(4), real.frechet.toPrecision(4)),
    row(
      "precision",
      share(samples.precision),
      share(real.precision),
      `${neighbors} nearest neighbors`,
    ),
    row("recall", share(samples.recall), share(real.recall)),
    ...(samples.sameClass === undefined
      ? []
      : [
          row(
            "class of nearest",
            share(samples.sameClass),
            share(real.sameClass),
            "share that has its own",
          ),
        ]),
    ...(samples.components === undefined || real.components === undefined
      ? []
      : [
          row(
            "bright parts",
            samples.components.toFixed(3),
            real.components.toFixed(3),
            withReference(samples.components, reference.components ?? Number.NaN, 3),
          ),
        ]),
    ...(streams
      ? [
          row(
            "tokens per picture",
            streams.samples.toFixed(1),
            streams.real.toFixed(1),
            withReference(streams.samples, streams.reference, 1),
          ),
        ]
      : []),
    ...(memory
      ? [
          row(
            "nearest training picture",
            memory.distance.samples.toFixed(2),
            memory.distance.real.toFixed(2),
            `gray levels of difference; ${memory.images} pictures each, ${memory.training} of training`,
          ),
          row("as near as 1 in 20 real", share(memory.nearer), "0.050", "share"),
        ]
      : []),
  ];
}

/** By how much a number differs from another, as a share of that; undefined where one is missing. */
export const changed = (value: number | undefined, from: number | undefined): number | undefined =>
  value === undefined || from === undefined ? undefined : value / from - 1;

const percent = (change: number | undefined): string =>
  change === undefined ? "" : `${change < 0 ? "−" : "+"}${Math.abs(100 * change).toFixed(1)} %`;
