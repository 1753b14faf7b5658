import type { Score } from "./comparison.ts";
import { published } from "./published.ts";
import { mean, signed, tableOf } from "./table.ts";

const textOf = (value: number | undefined) => value?.toFixed(2) ?? "–";

/** dB of two codecs picture by picture, and the first one's lead. */
export function pairTable(
  scores: readonly Score[],
  [mine, other]: readonly [mine: string, other: string],
  rates: readonly number[],
): string {
  const pictures = [...new Set(scores.map(({ picture }) => picture))];
  const psnr = (name: string, picture: string, bpp: number) =>
    scores.find((s) => s.name === name && s.picture === picture && s.bpp === bpp)?.psnr;
  const leads = new Map<number, number[]>(rates.map((bpp) => [bpp, []]));
  const rows = pictures.map((picture) => [
    picture,
    ...rates.flatMap((bpp) => {
      const [a, b] = [psnr(mine, picture, bpp), psnr(other, picture, bpp)];
      if (a === undefined || b === undefined) return [textOf(a), textOf(b), "–"];
      leads.get(bpp)?.push(a - b);
      return [textOf(a), textOf(b), signed(a - b)];
    }),
  ]);
  const summary = (name: string, of: (values: readonly number[]) => number) => [
    name,
    ...[...leads.values()].flatMap((values) => [
      ...["", "", values.length > 0 ? signed(of(values)) : "–"],
    ]),
  ];
  return tableOf([
    [`dB (${mine}, ${other}, lead)`, ...rates.flatMap((bpp) => ["", `${bpp} bpp`, ""])],
    ...rows,
    summary("mean", mean),
    summary("least", (values) => Math.min(...values)),
  ]);
}

/** Mean dB of every codec at every rate, a dash where it lacks a picture; and published figures of others, of colors. */
export function meanTable(
  scores: readonly Score[],
  names: readonly string[],
  rates: readonly number[],
  channels: 1 | 3,
): string {
  const rows = names.map((name) => [
    name,
    ...rates.map((bpp) => textOf(meanPsnr(scores, name, bpp))),
  ]);
  const others = channels === 3 ? published : [];
  return tableOf([
    ["mean dB", ...rates.map((bpp) => `${bpp} bpp`)],
    ...rows,
    ...others.map(({ name, psnr }) => [
      `${name} *`,
      ...rates.map((bpp) => psnr.find(([rate]) => rate === bpp)?.[1].toFixed(1) ?? ""),
    ]),
    ...(others.length > 0 ? [["* published, the mean of all 24 Kodak pictures"]] : []),
  ]);
}

/** A codec's mean of all pictures at a rate; undefined where it has none of one that others have. */
export function meanPsnr(scores: readonly Score[], name: string, bpp: number): number | undefined {
  const pictures = new Set(scores.map(({ picture }) => picture)).size;
  const own = scores.filter((score) => score.name === name && score.bpp === bpp);
  return own.length === pictures && pictures > 0 ? mean(own.map(({ psnr }) => psnr)) : undefined;
}
