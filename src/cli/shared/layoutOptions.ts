import { UserError } from "../../errors/userError.ts";
import { type Layout, layoutOf } from "../../image/compression/layout/layout.ts";
import type { Rectangle } from "../../image/rectangle.ts";
import type { Options } from "../parser/options.ts";

/** How the code of a compressed picture is laid out. */
export const layoutOptions = {
  order: {
    type: "choice",
    choices: ["quality", "resolution"],
    otherwise: "quality",
    help: "what a beginning of the file is: the whole picture, coarser, or a smaller one, which --size then reads alone",
  },
  tiles: {
    type: "integer",
    min: 64,
    max: 4096,
    placeholder: "SIDE",
    otherwise: "one code",
    help: "code the picture in squares, a power of two on a side, of which --region reads what it needs",
  },
} as const satisfies Options;

interface Given {
  readonly order?: "quality" | "resolution" | undefined;
  readonly tiles?: number | undefined;
  readonly language?: string | undefined;
  readonly wavelet?: string | undefined;
  readonly run?: string | undefined;
}

/** The layout that options ask for. Throws UserError where there is none such. */
export function layoutFrom({ order, tiles, language, wavelet, run }: Given): Layout {
  const asked = order !== undefined ? "--order" : tiles !== undefined ? "--tiles" : undefined;
  if (asked && (language ?? wavelet ?? run) !== undefined)
    throw new UserError(
      `${asked} is for the codec for photographs; leave out ${run !== undefined ? "--run" : language === undefined ? "--wavelet" : "--language"}`,
    );
  return layoutOf({
    ...(order === undefined ? {} : { order }),
    ...(tiles === undefined ? {} : { tiles }),
  });
}

/** The rectangle of `X,Y,WIDTH,HEIGHT`. Throws UserError where a text is none. */
export function rectangleOf(text: string): Rectangle {
  const parts = text.split(",").map((part) => part.trim());
  const [x, y, width, height] = parts.map(Number);
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part)))
    throw new UserError(`a region is X,Y,WIDTH,HEIGHT in whole pixels, not ${text}`);
  return { x: x!, y: y!, width: width!, height: height! }; // four numbers
}
