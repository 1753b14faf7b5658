import type { BandPlan, PlannedBand } from "../../../codec/planes/bandPlan.ts";
import { strideOf } from "../../../nn/integer/linear.ts";
import { interleave } from "../../../nn/integer/simdProducts.ts";
import { compileFunctions, type WasmFunctions } from "../../../wasm/instantiate.ts";
import { frame } from "./inputs.ts";
import { layoutOf } from "./layout.ts";
import { rowsOf } from "./net.ts";
import { kindOf } from "./readPlace.ts";
import type { OpenSums, RestorationNets } from "./rowSums.ts";
import { type Places, rowFunction } from "./simdRow.ts";
import { diagonalWindows, straightWindows } from "./windows.ts";

const page = 65_536;
/** Vectors are as long, in bytes. */
const v = 16;

/** What is made of nets once, for the bands of all pictures. */
interface Program {
  readonly kernels: Readonly<Record<NetName, Kernel>>;
  /** Bytes of memory that inputs and weights of a place take, from 0. */
  readonly bytes: number;
  readonly start: (pages: number) => WasmFunctions<NetName> | undefined;
}

type NetName = "straight" | "turned" | "diagonal";

interface Kernel {
  readonly places: Places;
  readonly outputs: number;
  /** Row by row. */
  readonly weights: Int16Array<ArrayBuffer>;
}

/** By nets, undefined where the platform has no vectors: assembling takes longer than the sums of a small picture. */
const programs = new WeakMap<RestorationNets, Program | undefined>();

function programOf(nets: RestorationNets): Program | undefined {
  if (!programs.has(nets)) programs.set(nets, makeProgram(nets));
  return programs.get(nets);
}

function makeProgram({ straight, diagonal }: RestorationNets): Program | undefined {
  const taking = taker(0);
  const prepared = (net: "straight" | "diagonal", isTurned: boolean) => {
    const isDiagonal = net === "diagonal";
    const layout = layoutOf(isDiagonal ? diagonalWindows : straightWindows, isDiagonal, isTurned);
    const rows = rowsOf(isDiagonal ? diagonal : straight);
    const stride = strideOf(layout.order.length);
    const height = 4 * Math.ceil(rows.length / 4);
    const weights = new Int16Array(rows.length * stride);
    for (const [j, row] of rows.entries())
      for (const [k, i] of layout.order.entries()) weights[j * stride + k] = row[i]!; // an input
    const input = taking.take(2 * stride);
    const places: Places = { height, stride, input, weights: taking.take(2 * height * stride) };
    return { places, outputs: rows.length, weights, code: rowFunction(layout, places) };
  };
  const kernels = {
    straight: prepared("straight", false),
    turned: prepared("straight", true),
    diagonal: prepared("diagonal", false),
  };
  const { straight: a, turned: b, diagonal: c } = kernels;
  const start = compileFunctions({ straight: a.code, turned: b.code, diagonal: c.code });
  return start && { kernels, bytes: taking.bytes(), start };
}

/** Gives out memory from a byte on: each piece whole vectors, and one more. */
function taker(from: number) {
  let bytes = from;
  return {
    take(size: number) {
      const start = bytes;
      bytes += v * Math.ceil(size / v) + v;
      return start;
    },
    bytes: () => bytes,
  };
}

/**
 * Sums of nets by vectors of WebAssembly, of one band and plane at a time. Undefined where the platform has no vectors, or no memory.
 */
export function simdSums(nets: RestorationNets, plan: BandPlan): OpenSums | undefined {
  const program = programOf(nets);
  if (!program) return undefined;
  const { kernels } = program;
  const { take, bytes } = taker(program.bytes);
  const restored = plan.bands.filter(({ parent }) => parent);
  const most = (size: (band: PlannedBand) => number) =>
    restored.reduce((all, band) => Math.max(all, size(band)), 0);
  const most4 = Math.max(...Object.values(kernels).map(({ places }) => places.height));
  const width = most((band) => band.width);
  const inputs = take(2 * most((band) => spanOf(band).end - spanOf(band).start));
  const picture = take(4 * most(coarserSize));
  const sums = take(4 * most4 * width);
  const activities = take(4 * width);
  const started = program.start(Math.ceil(bytes() / page));
  if (!started) return undefined;
  const { memory, functions } = started;
  const { buffer } = memory;
  for (const { places, outputs, weights } of Object.values(kernels)) {
    const { height, stride } = places;
    interleave(
      { outputs, stride, weights },
      new Int16Array(buffer, places.weights, height * stride),
    );
  }
  const allActivities = new Int32Array(buffer, activities, width);
  const kinds = new Uint8Array(width);

  return ({ band, isDiagonal, isTurned, parent, siblings: [first, second], ...source }, plane) => {
    const name = isDiagonal ? "diagonal" : isTurned ? "turned" : "straight";
    const { height } = kernels[name].places;
    const run = functions[name];
    const values = source.inputsAt(plane);
    const { wide, data } = source.coarserAt(plane);
    const { start, end } = spanOf(band);
    new Int16Array(buffer, inputs, end - start).set(values.subarray(start, end));
    new Int32Array(buffer, picture, data.length).set(data);
    const rowOf = ({ start: own, stride }: PlannedBand, row: number) => own + row * stride;
    const address = (index: number) => inputs + 2 * (index - start);
    return {
      ...{ height, kinds, sums: new Int32Array(buffer, sums, height * width) },
      compute(row, from, to) {
        const own = rowOf(band, row) + from;
        const above = rowOf(parent, row >> 1);
        run(
          ...[own, rowOf(first, row) + from, rowOf(second, row) + from].map(address),
          picture + 4 * ((row + frame) * wide + from + frame),
          ...[2 * band.stride, 2 * first.stride, 2 * second.stride, 4 * wide],
          ...[address(above), from, to, sums, activities],
        );
        for (let column = from; column < to; column++)
          kinds[column - from] = kindOf(
            values[own + column - from]!,
            allActivities[column - from]!,
            values[above + (column >> 1)]!,
          );
      },
    };
  };
}

/** Where everything lies that is read of a band, in the arrays of the plan: from its parent to the end of its level, with the margins. */
function spanOf({ siblings, parent, ...band }: PlannedBand): {
  readonly start: number;
  readonly end: number;
} {
  const all = [band, ...siblings, ...(parent ? [parent] : [])];
  return {
    start: Math.min(...all.map(({ start, stride }) => start - 2 * stride - 2)),
    end: Math.max(...all.map(({ start, stride, height }) => start + (height + 7) * stride - 2)),
  };
}

/** Elements of the coarser picture beside a band. */
function coarserSize(band: PlannedBand): number {
  const all = [band, ...band.siblings];
  const most = (size: (own: PlannedBand) => number) => Math.max(...all.map(size)) + 2 * frame;
  return most(({ height }) => height) * most(({ width }) => width);
}
