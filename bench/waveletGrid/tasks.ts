import type {
  Cwt,
  Dwt,
  FloatArray,
  Into,
  Matrix,
  Mode,
  NdArray,
  Swt,
  Swt2,
  ThresholdMode,
  Wavedec,
  Wavedec2,
  Wavedecn,
  WaveletLike,
} from "../../src/wavelets/index.ts";
import type { Cell } from "./cells.ts";

/** The library: of this checkout or of another one. */
export type Library = typeof import("../../src/wavelets/index.ts");

/** What a cell measures: a call, made from the library, the cell and its data. */
type Task = (library: Library, cell: Cell, data: FloatArray, into: boolean) => () => unknown;

/** A call that makes new arrays each time, or overwrites those of its first result. */
function written<T>(into: boolean, run: (out: Into<T>) => T): () => T {
  const out = into ? { out: run({}) } : {};
  return () => run(out);
}

const optionsOf = ({ mode = "symmetric", levels }: Cell) => ({
  mode: mode as Mode, // of the grid
  ...(levels !== undefined && { levels }),
});
/** The discrete wavelet of a cell. */
const named = ({ wavelet }: Cell) => wavelet as WaveletLike; // of the grid
const matrixOf = ({ shape: [height, width] }: Cell, data: FloatArray): Matrix => {
  return { height: height!, width: width!, data }; // cells of matrices have two sizes
};

/** Scales of a scalogram: from 2 to 256, or an eighth of a shorter signal. */
export const scalesOf = ({ shape, levels = 1 }: Cell): number[] =>
  Array.from({ length: levels }, (_, i) => 2 * Math.min(128, shape[0]! / 16) ** (i / (levels - 1)));

/** The tasks of this side. Their twins are in pywavelets.py. */
export const tasks: Readonly<Record<string, Task>> = {
  dwt: (w, cell, data, into) =>
    written(into, (out: Into<Dwt>) => w.dwt(data, named(cell), { ...optionsOf(cell), ...out })),
  idwt: (w, cell, data, into) => {
    const bands = w.dwt(data, named(cell), optionsOf(cell));
    return written(into, (out: Into<FloatArray>) => w.idwt(bands, out));
  },
  wavedec: (w, cell, data, into) =>
    written(into, (out: Into<Wavedec>) =>
      w.wavedec(data, named(cell), { ...optionsOf(cell), ...out }),
    ),
  waverec: (w, cell, data, into) => {
    const bands = w.wavedec(data, named(cell), optionsOf(cell));
    return written(into, (out: Into<FloatArray>) => w.waverec(bands, out));
  },
  wavedec2: (w, cell, data, into) => {
    const matrix = matrixOf(cell, data);
    return written(into, (out: Into<Wavedec2>) =>
      w.wavedec2(matrix, named(cell), { ...optionsOf(cell), ...out }),
    );
  },
  waverec2: (w, cell, data, into) => {
    const bands = w.wavedec2(matrixOf(cell, data), named(cell), optionsOf(cell));
    return written(into, (out: Into<Matrix>) => w.waverec2(bands, out));
  },
  wavedecn: (w, cell, data, into) => {
    const array = { shape: cell.shape, data };
    return written(into, (out: Into<Wavedecn>) =>
      w.wavedecn(array, named(cell), { ...optionsOf(cell), ...out }),
    );
  },
  waverecn: (w, cell, data, into) => {
    const bands = w.wavedecn({ shape: cell.shape, data }, named(cell), optionsOf(cell));
    return written(into, (out: Into<NdArray>) => w.waverecn(bands, out));
  },
  fswavedecn: (w, cell, data) => () =>
    w.fswavedecn({ shape: cell.shape, data }, named(cell), optionsOf(cell)),
  fswaverecn: (w, cell, data) => {
    const bands = w.fswavedecn({ shape: cell.shape, data }, named(cell), optionsOf(cell));
    return () => w.fswaverecn(bands);
  },
  batch: (w, cell, data, into) => {
    const options = { ...optionsOf(cell), axes: [cell.axis!] }; // cells of batches have it
    const array = { shape: cell.shape, data };
    return written(into, (out: Into<Wavedecn>) =>
      w.wavedecn(array, named(cell), { ...options, ...out }),
    );
  },
  ibatch: (w, cell, data, into) => {
    const options = { ...optionsOf(cell), axes: [cell.axis!] }; // as above
    const bands = w.wavedecn({ shape: cell.shape, data }, named(cell), options);
    return written(into, (out: Into<NdArray>) => w.waverecn(bands, out));
  },
  packet: (w, cell, data) => () => w.waveletPacket(data, named(cell), optionsOf(cell)),
  ipacket: (w, cell, data) => {
    const packet = w.waveletPacket(data, named(cell), optionsOf(cell));
    return () => w.inverseWaveletPacket(packet);
  },
  packet2: (w, cell, data) => () =>
    w.waveletPacket2(matrixOf(cell, data), named(cell), optionsOf(cell)),
  ipacket2: (w, cell, data) => {
    const packet = w.waveletPacket2(matrixOf(cell, data), named(cell), optionsOf(cell));
    return () => w.inverseWaveletPacket2(packet);
  },
  swt: (w, cell, data, into) =>
    written(
      into,
      (out: Into<Swt>) => w.swt(data, named(cell), { levels: cell.levels!, ...out }), // cells of swt have levels
    ),
  iswt: (w, cell, data, into) => {
    const bands = w.swt(data, named(cell), { levels: cell.levels! }); // as above
    return written(into, (out: Into<FloatArray>) => w.iswt(bands, out));
  },
  swt2: (w, cell, data, into) => {
    const matrix = matrixOf(cell, data);
    return written(
      into,
      (out: Into<Swt2>) => w.swt2(matrix, named(cell), { levels: cell.levels!, ...out }), // as above
    );
  },
  iswt2: (w, cell, data, into) => {
    const bands = w.swt2(matrixOf(cell, data), named(cell), { levels: cell.levels! }); // as above
    return written(into, (out: Into<Matrix>) => w.iswt2(bands, out));
  },
  upcoef: (w, cell, data, into) => {
    const options = { part: "a", level: cell.levels! } as const; // as above
    return written(into, (out: Into<FloatArray>) =>
      w.upcoef(data, named(cell), { ...options, ...out }),
    );
  },
  downcoef: (w, cell, data, into) => {
    const options = { part: "a", level: cell.levels! } as const; // as above
    return written(into, (out: Into<FloatArray>) =>
      w.downcoef(data, named(cell), { ...options, ...out }),
    );
  },
  pack: (w, cell, data, into) => {
    const bands = w.wavedec2(matrixOf(cell, data), named(cell), optionsOf(cell));
    return written(into, (out: Into<Matrix>) => w.pack(bands, out));
  },
  unpack: (w, cell, data, into) => {
    const mosaic = w.pack(w.wavedec2(matrixOf(cell, data), named(cell), optionsOf(cell)));
    const options = { ...optionsOf(cell), levels: cell.levels!, wavelet: named(cell) }; // as above
    return written(into, (out: Into<Wavedec2>) => w.unpack(mosaic, { ...options, ...out }));
  },
  ravel: (w, cell, data, into) => {
    const bands = w.wavedec2(matrixOf(cell, data), named(cell), optionsOf(cell));
    return written(into, (out: Into<FloatArray>) => w.ravel(bands, out));
  },
  unravel: (w, cell, data) => {
    const bands = w.wavedec2(matrixOf(cell, data), named(cell), optionsOf(cell));
    const flat = w.ravel(bands);
    return () => w.unravel(flat, bands);
  },
  pad: (w, { mode }, data, into) => {
    const width = Math.floor(data.length / 5);
    return written(
      into,
      (out: Into<FloatArray>) => w.pad(data, [width, width], mode as Mode, out), // of the grid
    );
  },
  threshold: (w, { wavelet }, data, into) => {
    const mode = wavelet as ThresholdMode; // of the grid
    return written(into, (out: Into<FloatArray>) => w.threshold(data, 0.7, { mode, ...out }));
  },
  firm: (w, _, data, into) =>
    written(into, (out: Into<FloatArray>) => w.thresholdFirm(data, 0.5, 1.2, out)),
  noise: (w, _, data) => () => w.noiseLevel(data),
  cwt: (w, cell, data, into) => {
    const scales = scalesOf(cell);
    const mode = cell.mode === "zero" ? "zero" : "symmetric";
    return written(into, (out: Into<Cwt>) => w.cwt(data, scales, cell.wavelet, { mode, ...out }));
  },
  icwt: (w, cell, data) => {
    const mode = cell.mode === "zero" ? "zero" : "symmetric";
    const transform = w.cwt(data, scalesOf(cell), cell.wavelet, { mode });
    return () => w.icwt(transform);
  },
};
