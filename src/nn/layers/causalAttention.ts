import { concat, constant, customGradient, type Tensor } from "../../graph/index.ts";

/** Stands for minus infinity as a masked score: exp gives 0, and since it is finite, its product with 0 is 0 and no NaN. */
export const never = -1e9;

/** How `causal` computes; nothing of it changes a result beyond rounding. */
export interface CausalOptions {
  /** Queries that are compared at once, with keys up to their own end only; 256 by default. */
  readonly chunk?: number;
  /**
   * Whether the gradient uses the weights of the forward pass, which memory holds until then, a number for each pair of positions;
   * else it computes them anew, chunk by chunk. By default up to 2,048 positions.
   */
  readonly keep?: boolean;
}

/** Positions up to which the weights are kept by default. */
const keptLength = 2048;

/**
 * softmax(Q Kᵀ / √depth) V where position i sees positions up to i. Queries go in chunks, and a chunk is compared with keys up to
 * its own end: with many chunks, half the work and memory of the full square. Where the weights are not kept, memory holds the
 * scores of one chunk at a time, forward and backward (as Dao et al. 2022, whose saved logarithm of a row's sum is here the
 * softmax once more, which costs no more).
 */
export function causal({ chunk = 256, keep }: CausalOptions = {}) {
  return (q: Tensor, k: Tensor, v: Tensor): Tensor => {
    const length = q.shape.at(-2) ?? 0;
    const chunks = chunksOf(length, chunk);
    const keeps = keep ?? length <= keptLength;
    const [y] = customGradient([q, k, v], {
      forward: (q, k, v) => {
        const weights = chunks.map((piece) => weightsOf(q, k, piece, factorOf(q)));
        const parts = chunks.map(({ reach }, i) => weights[i]!.matmul(v.slice(-2, 0, reach))); // one a chunk
        return [concat(parts, -2), ...(keeps ? weights : [])];
      },
      backward: ([given, ...ofWeights], { inputs, outputs: [y, ...weights] }) => {
        // Weights have a gradient of their own where the gradient is differentiated again, which reads them.
        const g = given ?? (ofWeights.some(Boolean) ? y?.mul(0) : undefined);
        const operands = inputs as [Tensor, Tensor, Tensor];
        return g && y ? gradients({ chunks, g, y, weights, ofWeights }, ...operands) : [];
      },
    });
    return y!; // the first result
  };
}

/** Queries from `start` to `end`, and the keys before `reach` that they are compared with; no mask is needed before `clear`. */
interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly clear: number;
  readonly reach: number;
}

/** Different reaches. ONNX Runtime keeps buffers for each shape of scores that occurs, whether in use or not. */
const mostReaches = 8;

function chunksOf(length: number, chunk: number): readonly Chunk[] {
  const stride = chunk * Math.ceil(length / chunk / mostReaches);
  return Array.from({ length: Math.ceil(length / chunk) }, (_, i) => {
    const [start, end] = [i * chunk, Math.min((i + 1) * chunk, length)];
    const clear = Math.floor(start / stride) * stride;
    return { start, end, clear, reach: Math.min(clear + stride, length) };
  });
}

const factorOf = (q: Tensor): number => 1 / Math.sqrt(q.shape.at(-1) ?? 1);

/** What the queries of a chunk weigh each key within reach with, given `factor` for the scores: rows of sum 1. */
function weightsOf(q: Tensor, k: Tensor, chunk: Chunk, factor: number): Tensor {
  const { start, end, clear, reach } = chunk;
  const queries = q.slice(-2, start, end);
  const scoresOf = (from: number, to: number) =>
    queries.matmul(k.slice(-2, from, to), { transB: true, alpha: factor });
  const near = scoresOf(clear, reach).add(future(chunk).cast(q.dtype));
  return (clear === 0 ? near : concat([scoresOf(0, clear), near], -1)).softmax();
}

/** What the gradient uses beside queries, keys and values. */
interface Backward {
  readonly chunks: readonly Chunk[];
  /** Gradient of the result. */
  readonly g: Tensor;
  readonly y: Tensor;
  /** Of each chunk; empty where they are to be computed anew. */
  readonly weights: readonly Tensor[];
  /** Gradients of the weights themselves, where they have any. */
  readonly ofWeights: readonly (Tensor | undefined)[];
}

/**
 * Gradients of queries, keys and values. With the weights P of a chunk, and G and Y its rows of `g` and `y`:
 * dV = Pᵀ G, dS = P ∘ (G Vᵀ - Σ G ∘ Y), dQ = dS K / √depth, dK = dSᵀ Q / √depth.
 *
 * Chunks are summed from the first to the last in one tensor of all three, so that ONNX Runtime is done with one chunk before it
 * begins another.
 */
function gradients(
  { chunks, g, y, weights, ofWeights }: Backward,
  q: Tensor,
  k: Tensor,
  v: Tensor,
): readonly Tensor[] {
  const slopes = g.mul(y).sum(-1, { keepDims: true });
  const batch = q.shape[0] ?? 1;
  const [factor, read] = weights.length > 0 ? [factorOf(q), kept(k, v)] : [1, anew(q, k, v)];
  let sum: Tensor | undefined;
  for (const [i, chunk] of chunks.entries()) {
    const { start, end, reach } = chunk;
    const [keys, values] = read(reach);
    const rows = g.slice(-2, start, end);
    const p = weights[i] ?? weightsOf(q, keys, chunk, factor);
    const ofP = rows.matmul(values, { transB: true }).sub(slopes.slice(-2, start, end));
    const more = ofWeights[i];
    const ds = p.mul(more ? ofP.add(more.sub(more.mul(p).sum(-1, { keepDims: true }))) : ofP);
    const queries = q.slice(-2, start, end);
    const own = [
      ds.matmul(keys, { alpha: factor }),
      ds.matmul(queries, { transA: true, alpha: factorOf(q) }),
      p.matmul(rows, { transA: true }),
    ] as const;
    if (chunks.length === 1) return own;
    const all = concat([own[0].pad(-2, start, reach - end), own[1], own[2]], 0);
    sum = sum ? all.add(sum.pad(-2, 0, reach - (sum.shape.at(-2) ?? 0))) : all;
  }
  return sum ? sum.split(0, [batch, batch, batch]) : [];
}

/** Keys and values up to a reach, as the forward pass reads them. */
const kept = (k: Tensor, v: Tensor) => (reach: number) =>
  [k.slice(-2, 0, reach), v.slice(-2, 0, reach)] as const;

/**
 * Keys that are scaled already, and values, up to a reach. ONNX Runtime takes neither these for those of the forward pass nor the
 * weights that come of them, and would else keep all until here.
 */
function anew(q: Tensor, k: Tensor, v: Tensor) {
  const both = concat([k.mul(factorOf(q)), v], 0);
  const batch = k.shape[0] ?? 1;
  return (reach: number) =>
    both.slice(-2, 0, reach).split(0, [batch, batch]) as [keys: Tensor, values: Tensor];
}

/** `[end - start, reach - clear]`: 0 where position start + i may see position clear + j, `never` where that is its future. */
function future({ start, end, clear, reach }: Chunk): Tensor {
  const positions = (first: number, shape: readonly [number, number]) =>
    constant(
      Array.from({ length: shape[0] * shape[1] }, (_, i) => first + i),
      shape,
    );
  // Counted from `clear` and compared in the graph, so that ONNX Runtime makes one constant of them for many chunks and all layers.
  const later = positions(0, [1, reach - clear]).greater(
    positions(start - clear, [end - start, 1]),
  );
  return later.cast("float32").mul(never);
}
