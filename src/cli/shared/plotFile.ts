import { extname } from "node:path";
import { drawSvg } from "../../data/draw/drawSvg.ts";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import { plotSheet } from "../../plot/index.ts";
import type { Options } from "../parser/options.ts";

/** Pixels of a PNG for each unit of an SVG: text stays sharp on fine screens. */
const fineness = 2;

/** Options of commands that write plots. */
export const plotOptions = {
  title: {
    type: "string",
    otherwise: "what is drawn",
    help: "text above the plot, and what a screen reader says first",
  },
  width: { type: "integer", min: 200, max: 4000, otherwise: "as fits", help: "width in pixels" },
  height: { type: "integer", min: 200, max: 4000, otherwise: "as fits", help: "height in pixels" },
} as const satisfies Options;

/** What a person asks of a plot. */
export interface PlotArgs {
  readonly title: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/**
 * What an output holds, by the ending of its name. Throws UserError, before long work, where nothing is written under that ending, its
 * folder does not exist, or it is one of `inputs`.
 */
export async function plotKind<Data extends string = never>(
  out: string,
  inputs: readonly string[],
  data: readonly Data[] = [],
): Promise<"svg" | "png" | Data> {
  const endings = ["svg", "png", ...data] as const;
  const kind = endings.find((ending) => extname(out).toLowerCase() === `.${ending}`);
  if (!kind) {
    const more = data.map((ending) => `, or in .${ending} for numbers`).join("");
    throw new UserError(`${out} cannot be written: end its name in .svg or .png for a plot${more}`);
  }
  await checkFilePath(out);
  await checkOutput(out, inputs);
  return kind;
}

/**
 * The options of the plot of a channel: the title is that of the whole plot where there is one channel, else the channel's name.
 */
export const plotOf = (args: PlotArgs, channel: string, title: string) => ({
  ...(args.width !== undefined && { width: args.width }),
  ...(args.height !== undefined && { height: args.height }),
  title: channel === "" ? (args.title ?? title) : channel,
});

/** Writes plots, several as one sheet under a title, as SVG text or as a PNG of twice as many pixels. */
export async function writePlots(
  out: string,
  kind: "svg" | "png",
  plots: readonly string[],
  { title, columns = 1 }: { readonly title: string; readonly columns?: number },
): Promise<void> {
  const [first = ""] = plots;
  const svg = plots.length === 1 ? first : plotSheet(plots, { columns, title });
  if (kind === "svg") await writeFileAtomically(out, `${svg}\n`);
  else await writeImage(out, await drawSvg(svg, fineness));
}
