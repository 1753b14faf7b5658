import { basename } from "node:path";
import { statInput } from "../../data/files/statInput.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { isIdxImages } from "../../data/images/idxImages.ts";
import { UserError } from "../../errors/userError.ts";
import type { SourcePicture } from "../../image/editing/drawFrom.ts";
import type { GivenPicture } from "../../image/editing/givenPicture.ts";
import { givenPicture } from "../../image/editing/givenPictureBySharp.ts";
import type { Keep } from "../../image/editing/keep.ts";
import { within } from "../../image/rectangle.ts";
import { formOf, type ImageRun } from "../../image/run.ts";
import { inClasses, scoredImages } from "../../image/training/trainingSet.ts";
import type { Io } from "../parser/command.ts";
import { flagOf, type Options } from "../parser/options.ts";
import { requireData } from "./missingData.ts";
import { readImages } from "./readImages.ts";

const group = "Options of drawing from a picture";

/** Options of drawing from pictures. */
export const fromOptions = {
  from: {
    type: "string",
    placeholder: "PATH",
    group,
    help: "picture of which a part is taken, or data of which --count pictures are (their test part, if there is one)",
  },
  keep: {
    type: "string",
    placeholder: "PART",
    group,
    otherwise: "of a smaller picture, all that it says",
    help:
      "what is taken: coarse:K, the K coarsest levels of detail (or coarse:all), or outside:X,Y,WIDTH,HEIGHT, all but a " +
      "hole in the picture at the run's size",
  },
  tokens: {
    type: "string",
    placeholder: "N",
    group,
    help: "take the first N tokens of the picture's stream instead, or all",
  },
  particles: {
    ...{ type: "integer", placeholder: "N", min: 1, max: 80, group, otherwise: "1" },
    help: "make each drawing of N that compete by how well they fit to what is taken; N times slower, and more",
  },
} as const satisfies Options;

interface FromArgs {
  readonly from: string | undefined;
  readonly keep: string | undefined;
  readonly tokens: string | undefined;
  readonly particles: number | undefined;
}

/** What `--keep` or `--tokens` asks for; undefined if neither is given. Throws UserError where they say nothing clear. */
export function askedKeep({ from, ...asked }: FromArgs): Keep | undefined {
  const names = ["keep", "tokens", "particles"] as const;
  const given = names.find((name) => asked[name] !== undefined);
  if (from === undefined && given !== undefined)
    throw new UserError(`${flagOf(given)} needs --from, the picture of which a part is taken`);
  const { keep, tokens } = asked;
  if (keep !== undefined && tokens !== undefined)
    throw new UserError("--keep and --tokens both say what is taken from the picture: give one");
  if (tokens !== undefined) {
    if (!/^(\d+|all)$/.test(tokens))
      throw new UserError(`--tokens must be a whole number or all, not ${tokens}`);
    return { tokens: countOf(tokens) };
  }
  if (keep === undefined) return undefined;
  const [, coarse] = /^coarse:(\d+|all)$/.exec(keep) ?? [];
  if (coarse !== undefined) return { coarse: countOf(coarse) };
  const [, hole] = /^outside:(-?\d+(?:,-?\d+){3})$/.exec(keep) ?? [];
  if (hole === undefined)
    throw new UserError(
      `--keep must be coarse:K, coarse:all or outside:X,Y,WIDTH,HEIGHT with whole numbers, not ${keep}`,
    );
  const [x = 0, y = 0, width = 0, height = 0] = hole.split(",").map(Number);
  return { outside: { x, y, width, height } };
}

const countOf = (text: string): number =>
  text === "all" ? Number.POSITIVE_INFINITY : Number(text);

/** Pictures to draw from, and what is kept of them. */
export interface Given {
  readonly pictures: readonly SourcePicture[];
  readonly keep: Keep;
  /** Whether they are of a data set, with classes of their own. */
  readonly isData: boolean;
}

/**
 * Reads what `--from` names, in the form that the run takes; `only` is the class that was asked for. Throws UserError where
 * a picture's class, or what is kept, cannot be told.
 */
export async function readGiven(
  { from, count, ...asked }: FromArgs & { readonly from: string; readonly count: number },
  { config, language }: ImageRun,
  only: number | undefined,
  io: Io,
): Promise<Given> {
  const keep = askedKeep({ from, ...asked });
  await requireData(from);
  const isData = (await statInput(from)).isDirectory() || isIdxImages(basename(from));
  if (isData) {
    if (keep === undefined) throw unsaid(from);
    noteHole(keep, language, io);
    const images = await readImages(from, "test", { ...formOf(config), limit: count }, io);
    const labeled = only === undefined ? inClasses(images, config.classNames) : images;
    const pictures = scoredImages(labeled, language).slice(0, count);
    return {
      pictures: pictures.map(({ raster, label }) => ({ raster, label: only ?? label })),
      ...{ keep, isData },
    };
  }

  const label = only ?? (config.classNames.length === 1 ? 0 : undefined);
  if (label === undefined) {
    const known = config.classNames.slice(0, 20).join(", ");
    throw new UserError(`${from} says nothing about its class: give --class, one of ${known}`);
  }
  const picture = await readImage(from, { onNote: ({ sentence }) => io.log(sentence) });
  const formed = await givenPicture(picture, config, from);
  if (formed.change !== undefined) io.log(`${from} ${formed.change}`);
  const part = keepOfGiven(formed, keep, language.levels, from);
  noteHole(part, language, io);
  return { pictures: [{ raster: formed.raster, label }], keep: part, isData };
}

/** What is kept of a picture that may have been enlarged: never more than it said. */
function keepOfGiven(
  { doublings }: GivenPicture,
  keep: Keep | undefined,
  levels: number,
  from: string,
): Keep {
  if (doublings === 0) {
    if (keep === undefined) throw unsaid(from);
    return keep;
  }
  const most = levels - doublings;
  if (most < 0)
    throw new UserError(
      `${from} is too small: not even the coarsest of the run's ${levels} levels can be taken from it`,
    );
  if (keep === undefined) return { coarse: most };
  if (!("coarse" in keep))
    throw new UserError(
      `${from} is smaller than the run's images, so that only --keep coarse:K can be taken from it`,
    );
  if (keep.coarse > most)
    throw new UserError(
      `${from} is small and says nothing about details finer than coarse:${most}, so --keep coarse:${keep.coarse === Number.POSITIVE_INFINITY ? "all" : keep.coarse} cannot be taken from it`,
    );
  return keep;
}

const unsaid = (from: string): UserError =>
  new UserError(`--from needs --keep or --tokens, which say what is taken from ${from}`);

function noteHole(keep: Keep, language: ImageRun["language"], io: Io): void {
  if (!("outside" in keep) || within(keep.outside, language)) return;
  io.log(
    `the hole lies outside of the ${language.width}×${language.height} pixels: nothing is drawn`,
  );
}
