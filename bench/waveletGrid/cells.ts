/** One transform of one kind of data, which both sides can do. */
export interface Cell {
  /** The kind of transform, a key of the tables of both sides. */
  readonly kind: string;
  readonly type: "float32" | "float64";
  readonly shape: readonly number[];
  /** A discrete or continuous wavelet; what else a kind is made by, such as the rule of a threshold. */
  readonly wavelet: string;
  /** The number of levels, or of scales. */
  readonly levels?: number;
  /** The mode of extension; `symmetric` by default. */
  readonly mode?: string;
  /** The only axis that is transformed. */
  readonly axis?: number;
}

/** The group of a cell in the table. */
export const groupOf = ({ kind, type }: Cell): string =>
  `${kind} ${type === "float64" ? "f8" : "f4"}`;

/** A cell in one line. */
export const nameOf = ({ kind, type, shape, wavelet, levels, mode, axis }: Cell): string =>
  [
    ...[kind, wavelet, `[${shape.join(", ")}]`, levels ?? "", mode ?? ""],
    ...[axis === undefined ? "" : `axis ${axis}`, type],
  ]
    .filter((word) => word !== "")
    .join(" ");

const types = ["float64", "float32"] as const;
const discrete = ["haar", "db4", "sym8", "bior4.4"] as const;
const continuous = ["mexh", "gaus4", "morl", "cgau4", "cmor1.5-1.0"] as const;
const modes = [
  ...(["zero", "constant", "reflect", "periodic", "periodization", "smooth"] as const),
  ...(["antisymmetric", "antireflect"] as const),
];

/** Cells of all combinations of some lists. */
const each = <T extends readonly unknown[]>(
  lists: { readonly [I in keyof T]: readonly T[I][] },
  of: (...values: T) => Cell,
): Cell[] =>
  lists
    .reduce<unknown[][]>(
      (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
      [[]],
    )
    .map((row) => of(...(row as unknown as T)));

const signals = (): Cell[] => [
  ...each<[string, "float64" | "float32", string, number]>(
    [["dwt", "idwt", "wavedec", "waverec"], types, discrete, [7, 33, 100, 257, 1000, 4097, 10_007]],
    (kind, type, wavelet, length) => ({ kind, type, wavelet, shape: [length] }),
  ),
  ...each<[string, "float64" | "float32", string, number]>(
    [["dwt", "idwt", "wavedec", "waverec"], types, discrete, [65_536, 100_003, 1_000_000]],
    (kind, type, wavelet, length) => ({ kind, type, wavelet, shape: [length] }),
  ),
  ...each<[string, "float64" | "float32", string]>(
    [["dwt", "idwt", "wavedec", "waverec"], types, ["haar", "db4", "bior4.4"]],
    (kind, type, wavelet) => ({ kind, type, wavelet, shape: [10_000_000] }),
  ),
  ...each<[string, string, string, number]>(
    [["dwt", "idwt"], modes, ["haar", "db4"], [64, 1000]],
    (kind, mode, wavelet, length) => ({ kind, type: "float64", wavelet, shape: [length], mode }),
  ),
];

const matrices = (): Cell[] =>
  each<[string, "float64" | "float32", string, readonly [number, number]]>(
    [
      ["wavedec2", "waverec2"],
      types,
      discrete,
      [
        ...([
          [33, 33],
          [64, 64],
          [128, 100],
          [512, 512],
        ] as const),
        ...([
          [1000, 1000],
          [2048, 2048],
          [4001, 3999],
        ] as const),
      ],
    ],
    (kind, type, wavelet, shape) => ({ kind, type, wavelet, shape, levels: shape[0] > 40 ? 3 : 1 }),
  );

const arrays = (): Cell[] => [
  ...each<[string, "float64" | "float32", string, number]>(
    [["wavedecn", "waverecn"], types, ["haar", "db2", "db4", "bior4.4"], [1, 3]],
    (kind, type, wavelet, levels) => ({ kind, type, wavelet, levels, shape: [64, 64, 64] }),
  ),
  ...each<[string, "float64" | "float32", readonly number[]]>(
    [
      ["fswavedecn", "fswaverecn"],
      types,
      [
        [512, 512],
        [48, 48, 48],
      ],
    ],
    (kind, type, shape) => ({ kind, type, shape, wavelet: "db2", levels: 3 }),
  ),
];

const batches = (): Cell[] => [
  ...each<[string, "float64" | "float32", string, readonly [number, number], number]>(
    [
      ["batch", "ibatch"],
      types,
      ["haar", "db4", "sym8"],
      [
        [10_000, 256],
        [1000, 1000],
      ],
      [1, 5],
    ],
    (kind, type, wavelet, shape, levels) => ({ kind, type, wavelet, shape, levels, axis: 1 }),
  ),
  ...each<[string, "float64" | "float32", string, number]>(
    [["batch", "ibatch"], types, ["haar", "db4", "sym8"], [1, 5]],
    (kind, type, wavelet, levels) => ({
      ...{ kind, type, wavelet, levels },
      ...{ shape: [256, 10_000], axis: 0 },
    }),
  ),
];

const packets = (): Cell[] => [
  ...each<[string, "float64" | "float32", string, number]>(
    [["packet", "ipacket"], types, ["db4", "sym8"], [1000, 4096, 100_000]],
    (kind, type, wavelet, length) => ({ kind, type, wavelet, shape: [length], levels: 6 }),
  ),
  ...each<[string, "float64" | "float32", number]>(
    [["packet2", "ipacket2"], types, [128, 512]],
    (kind, type, side) => ({ kind, type, wavelet: "db4", shape: [side, side], levels: 3 }),
  ),
];

const undecimated = (): Cell[] => [
  ...each<[string, "float64" | "float32", string, number]>(
    [["swt", "iswt"], types, ["haar", "db4", "sym8"], [256, 4096, 65_536, 1_048_576]],
    (kind, type, wavelet, length) => ({ kind, type, wavelet, shape: [length], levels: 8 }),
  ),
  ...each<[string, "float64" | "float32", string, readonly [number, number]]>(
    [
      ["swt2", "iswt2"],
      types,
      ["haar", "db4"],
      [
        [64, 64],
        [512, 512],
        [1024, 1000],
      ],
    ],
    (kind, type, wavelet, shape) => ({ kind, type, wavelet, shape, levels: 3 }),
  ),
];

const bands = (): Cell[] => [
  ...each<[string, "float64" | "float32", number]>(
    [["upcoef", "downcoef"], types, [1000, 100_000]],
    (kind, type, length) => ({ kind, type, wavelet: "db4", shape: [length], levels: 3 }),
  ),
  ...each<[string, "float64" | "float32", number]>(
    [["pack", "unpack", "ravel", "unravel"], types, [128, 512]],
    (kind, type, side) => ({
      ...{ kind, type, wavelet: "db4", shape: [side, side] },
      ...{ levels: 4, mode: "periodization" },
    }),
  ),
  ...each<["float64" | "float32", string, number]>(
    [types, ["symmetric", "periodic", "zero", "smooth"], [100, 10_000, 1_000_000]],
    (type, mode, length) => ({ kind: "pad", type, wavelet: "haar", shape: [length], mode }),
  ),
];

const shrinkage = (): Cell[] => [
  ...each<["float64" | "float32", string, number]>(
    [types, ["soft", "hard", "garrote", "greater", "less"], [1000, 1_000_000]],
    (type, wavelet, length) => ({ kind: "threshold", type, wavelet, shape: [length] }),
  ),
  ...each<[string, "float64" | "float32", number]>(
    [["firm", "noise"], types, [1000, 1_000_000]],
    (kind, type, length) => ({ kind, type, wavelet: "haar", shape: [length] }),
  ),
];

const scalograms = (): Cell[] => {
  const sizes: readonly (readonly [length: number, scales: number])[] = [
    ...([
      [1000, 64],
      [4096, 64],
      [10_000, 64],
      [100_000, 100],
    ] as const),
  ];
  const modesOf = ["symmetric", "zero"] as const;
  return [
    ...each<["cwt" | "icwt", string, string, readonly [number, number]]>(
      [["cwt"], modesOf, continuous, sizes],
      (kind, mode, wavelet, [length, levels]) => ({
        ...{ kind, type: "float64", wavelet, mode },
        ...{ shape: [length], levels },
      }),
    ),
    ...each<[string, "float64" | "float32", readonly [string, number, number]]>(
      [
        modesOf,
        types,
        [
          ...([
            ["morl", 997, 20],
            ["morl", 4099, 20],
          ] as const),
          ...([
            ["cmor1.5-1.0", 10_007, 64],
            ["cmor1.5-1.0", 100_003, 100],
          ] as const),
        ],
      ],
      (mode, type, [wavelet, length, levels]) => ({
        ...{ kind: "cwt", type, wavelet, mode, shape: [length], levels },
      }),
    ),
    ...each<[string, string, readonly [number, number]]>(
      [modesOf, ["mexh", "cmor1.5-1.0"], sizes],
      (mode, wavelet, [length, levels]) => ({
        ...{ kind: "icwt", type: "float64", wavelet, mode, shape: [length], levels },
      }),
    ),
  ];
};

/** The grid: every kind of transform on short and long data, in both precisions. */
export const cells: readonly Cell[] = [
  ...[...signals(), ...matrices(), ...arrays(), ...batches(), ...packets(), ...undecimated()],
  ...[...bands(), ...shrinkage(), ...scalograms()],
];
