import type { Rectangle } from "../../rectangle.ts";
import type { PictureHead } from "../pictureHead.ts";
import { type CodePart, tilesOf, usualLayout } from "./layout.ts";
import { reachOf, type Span } from "./reach.ts";

/** What is wanted of a picture. */
export interface View {
  /** The part that is wanted; the whole by default. */
  readonly region?: Rectangle | undefined;
  /** How often both sides are halved: so many of the finest levels are left out. 0 by default. */
  readonly omitted?: number;
}

/** A part of the code that has to be decoded. */
export interface NeededPart {
  readonly tile: Rectangle;
  readonly startingPlane: number;
  /** How many of the finest levels need not be decoded; 0 where the order does not allow to leave some out. */
  readonly omitted: number;
  /** The bytes in the code that are needed. */
  readonly from: number;
  readonly to: number;
  /** Where the part ends; Infinity is the end of the code. */
  readonly end: number;
}

/** What has to be decoded for a view. */
export interface Need {
  /** The tiles that are decoded lie in it, and the view. */
  readonly frame: Rectangle;
  readonly parts: readonly NeededPart[];
}

/** What has to be decoded of a picture. */
export function needOf(head: PictureHead, { region, omitted = 0 }: View): Need {
  const { width, height, levels, coding, layout } = head;
  const { order, tileSide } = layout ?? usualLayout;
  const parts: readonly CodePart[] = layout?.parts ?? [
    { startingPlane: head.startingPlane, length: undefined, levelEnds: [] },
  ];
  const { x, y, ...size } = region ?? { x: 0, y: 0, width, height };
  const columns = reachOf({ from: x, to: x + size.width }, width, levels, coding.type);
  const rows = reachOf({ from: y, to: y + size.height }, height, levels, coding.type);

  /** The finest level of a tile that is needed; −1 if none is. */
  function finest(tile: Rectangle): number {
    for (let level = levels - omitted; level >= 0; level--) {
      const steps = level === 0 ? levels : levels - level + 1;
      const isNeeded =
        meets(columns[steps]!, tile.x, tile.width, steps) && // one span a step
        meets(rows[steps]!, tile.y, tile.height, steps);
      if (isNeeded) return level;
    }
    return -1;
  }

  const needed: NeededPart[] = [];
  let frame: Rectangle | undefined;
  let start = 0;
  for (const [i, tile] of tilesOf(head, tileSide).entries()) {
    const part = parts[i];
    const end = start + (part?.length ?? Infinity);
    const level = tileSide === undefined ? levels - omitted : finest(tile);
    if (level >= 0) {
      frame = frame ? around(frame, tile) : tile;
      const canStop = order === "resolution" && level < levels;
      if (part)
        needed.push({
          ...{ tile, startingPlane: part.startingPlane, omitted: canStop ? levels - level : 0 },
          from: start,
          to: canStop ? Math.min(start + part.levelEnds[level]!, end) : end, // one end a level
          end,
        });
    }
    start = end;
  }
  return { frame: frame ?? { x: 0, y: 0, width, height }, parts: needed };
}

/** Whether a tile has one of the coefficients of a span after so many steps. */
function meets({ from, to }: Span, start: number, length: number, steps: number): boolean {
  const size = 2 ** steps;
  return from < Math.ceil((start + length) / size) && to > start / size;
}

function around(a: Rectangle, b: Rectangle): Rectangle {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    ...{ x, y, width: Math.max(a.x + a.width, b.x + b.width) - x },
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
