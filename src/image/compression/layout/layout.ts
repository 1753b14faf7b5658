import type { CodeOrder } from "../../../codec/planes/bandPlan.ts";
import { UserError } from "../../../errors/userError.ts";
import type { Rectangle } from "../../rectangle.ts";

/** How the code of a picture is laid out. */
export interface Layout {
  /** What comes first. */
  readonly order: CodeOrder;
  /** Side of the square tiles that are coded one by one, a power of two; undefined of one code for the whole picture. */
  readonly tileSide: number | undefined;
}

/** The layout of a picture for which nothing is asked. */
export const usualLayout: Layout = { order: "quality", tileSide: undefined };

/** Sides that tiles can have. */
export const tileSides = [64, 128, 256, 512, 1024, 2048, 4096] as const;

/** How a file is to be laid out, for the places that need not read all of it. */
export interface LayoutOptions {
  /** `quality`, by default: any beginning of the file is the whole picture, coarser. `resolution`: it is a smaller picture, as good. */
  readonly order?: CodeOrder;
  /** Side of tiles, of which those of a region are decoded alone: a power of two from 64 to 4096. None by default. */
  readonly tiles?: number;
}

/** The layout that is wanted. Throws UserError where there is none such. */
export function layoutOf({ order = "quality", tiles }: LayoutOptions): Layout {
  if (order !== "quality" && order !== "resolution")
    throw new UserError(`the order of a file is quality or resolution, not ${order}`);
  const tileSide = tileSides.find((side) => side === tiles);
  if (tiles !== undefined && tileSide === undefined)
    throw new UserError(`tiles have ${tileSides.join(", ")} pixels on a side, not ${tiles}`);
  return { order, tileSide };
}

/** What a decoder has to know of a tile's code, or of the code of a picture without tiles. */
export interface CodePart {
  /** log2 of its first threshold; −1 of a part without a code. */
  readonly startingPlane: number;
  /** Bytes of its code; unknown of a picture without tiles, whose code ends with its section. */
  readonly length: number | undefined;
  /** In the order of resolution, after how many bytes each level but the finest is told, the scaling band first; else none. */
  readonly levelEnds: readonly number[];
}

/** A layout with the parts of a code: row by row for tiles. */
export interface LaidOut extends Layout {
  /** None where a file was cut short before it tells them. */
  readonly parts: readonly CodePart[];
}

/** Tiles of a picture, row by row; those at the right and at the bottom may be smaller. One covers a picture that has none. */
export function tilesOf(
  { width, height }: { readonly width: number; readonly height: number },
  tileSide: number | undefined,
): readonly Rectangle[] {
  if (tileSide === undefined) return [{ x: 0, y: 0, width, height }];
  const tiles: Rectangle[] = [];
  for (let y = 0; y < height; y += tileSide)
    for (let x = 0; x < width; x += tileSide)
      tiles.push({
        ...{ x, y, width: Math.min(tileSide, width - x) },
        height: Math.min(tileSide, height - y),
      });
  return tiles;
}
