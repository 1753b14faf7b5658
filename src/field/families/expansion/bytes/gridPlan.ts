import {
  type BandPlan,
  before,
  behind,
  type PlannedBand,
} from "../../../../codec/planes/bandPlan.ts";
import { Band } from "../../../../codec/walk/geometry.ts";
import { type DyadicGrid, lengthAt } from "../dyadicGrid.ts";

/** A band of a {@link GridPlan}, and where its coefficients lie in those of an expansion: `first + row * rowStep + column * columnStep`. */
export interface GridBand {
  readonly band: PlannedBand;
  readonly first: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

/** The bands of an expansion as the coder of bit planes takes them, channel by channel and from coarse to fine. */
export interface GridPlan {
  readonly plan: BandPlan;
  readonly bands: readonly GridBand[];
}

/** Contexts tell so many levels of wavelets apart; of signals with more, the coarsest count as one. */
const mostLevels = 7;

/** Positions of one axis that belong to a band. */
interface Along {
  readonly count: number;
  readonly first: number;
  readonly step: number;
}

/** Along which of the three axes of a volume a band is of wavelets: slices, rows, columns. */
type Parity = readonly [slices: boolean, rows: boolean, columns: boolean];

type Open = { -readonly [K in keyof PlannedBand]: PlannedBand[K] };

/**
 * Plans the bands of the atoms of a grid. The last axis runs along the columns of a band, the one before along its rows. A volume has a
 * band for each slice: the slices beside it stand where a picture has its other channels. At a level where one axis alone is split there is
 * one band, without a parent.
 */
export function gridPlan({ size, levels, depth }: DyadicGrid, channels: number): GridPlan {
  const [slice, row, column] = [size.length - 3, size.length - 2, size.length - 1];
  const strides = size.map((_, k) => size.slice(k + 1).reduce((a, b) => a * b, channels));
  const hidden = Math.max(depth - mostLevels, 0);
  const bands: GridBand[] = [];
  const named = new Map<string, Open>();
  const places: { own: Open; channel: number; split: number; odd: Parity; z: number }[] = [];
  let length = 0;

  const isSplit = (axis: number, split: number) => split < (levels[axis] ?? 0);
  function along(axis: number, split: number, odd: boolean): Along {
    const n = size[axis] ?? 1;
    const most = levels[axis] ?? 0;
    if (!isSplit(axis, split)) return { count: lengthAt(n, most), first: 0, step: 2 ** most };
    const even = lengthAt(n, split + 1);
    return odd
      ? { count: even - 1, first: 2 ** split, step: 2 ** (split + 1) }
      : { count: even, first: 0, step: 2 ** (split + 1) };
  }

  /** All slices of one band. */
  function add(channel: number, split: number, odd: Parity): void {
    const [slices, rows, columns] = [
      along(slice, split, odd[0]),
      along(row, split, odd[1]),
      along(column, split, odd[2]),
    ];
    const level = split === depth ? 0 : Math.max(depth - split - hidden, 1);
    const code = (odd[1] ? Band.horizontal : 0) | (odd[2] ? Band.vertical : 0);
    for (let z = 0; z < slices.count; z++) {
      const stride = columns.count + before + behind;
      const band: Open = {
        channel: z === 0 ? channel : Math.max(channel, 1),
        ...{ level, band: code, height: rows.count, width: columns.count, lastPlane: 0 },
        ...{ start: length + before * stride + before, stride },
        ...{ parent: undefined, siblings: [], peers: [], child: undefined },
      };
      length += stride * (rows.count + before + behind);
      named.set(nameOf(channel, split, odd, z), band);
      places.push({ own: band, channel, split, odd, z });
      const step = (axis: number, { step }: Along) => step * (strides[axis] ?? 0);
      bands.push({
        band,
        first:
          channel +
          (slices.first + z * slices.step) * (strides[slice] ?? 0) +
          rows.first * (strides[row] ?? 0) +
          columns.first * (strides[column] ?? 0),
        rowStep: step(row, rows),
        columnStep: step(column, columns),
      });
    }
  }

  const parities = [false, true].flatMap((z) =>
    (
      [
        [false, true],
        [true, false],
        [true, true],
        [false, false],
      ] as const
    ).map(([y, x]) => [z, y, x] as const),
  );
  /** Halving rows and columns leads to the same place one level coarser. */
  const hasParent = (split: number) =>
    [row, column].every((axis) => size[axis] === undefined || isSplit(axis, split + 1));

  for (let channel = 0; channel < channels; channel++) {
    add(channel, depth, [false, false, false]);
    for (let split = depth - 1; split >= 0; split--)
      for (const odd of parities)
        if (odd.some(Boolean) && odd.every((is, k) => !is || isSplit(slice + k, split)))
          add(channel, split, odd);
  }
  const at = (channel: number, split: number, odd: Parity, z: number) =>
    named.get(nameOf(channel, split, odd, z));
  for (const { own, channel, split, odd, z } of places) {
    if (split < depth) {
      own.siblings = parities
        .filter(([oz, oy, ox]) => oz === odd[0] && (oy || ox) && (odd[1] || odd[2]))
        .map((which) => at(channel, split, which, z))
        .filter((band) => band !== undefined)
        .filter((band) => band !== own);
      const above = isSplit(slice, split + 1) ? z >> 1 : z;
      const parent = hasParent(split) ? at(channel, split + 1, odd, above) : undefined;
      own.parent = parent;
      if (parent && !parent.child) parent.child = own;
    }
    const others =
      channels === 1
        ? [at(0, split, odd, z - 1), at(0, split, odd, z + 1)]
        : // Two peers are looked at: of very many channels a list of all for each band would take longer than the code.
          Array.from({ length: Math.min(channels, 3) }, (_, c) =>
            c === channel ? undefined : at(c, split, odd, z),
          );
    own.peers = others.filter((band) => band !== undefined);
  }
  const extent = {
    ...{ channels, height: size[row] ?? 1, width: size[column] ?? 1 },
    levels: depth - hidden,
  };
  return {
    plan: { extent, order: "quality", bands: bands.map(({ band }) => band), length },
    bands,
  };
}

const nameOf = (channel: number, split: number, odd: Parity, slice: number): string =>
  `${channel}/${split}/${slice}/${odd.map(Number).join("")}`;
