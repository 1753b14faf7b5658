import { concat, constant, input, type Tensor } from "../../graph/index.ts";
import {
  type Arrays,
  type CompileOptions,
  compile,
  type Executable,
  inputsAmong,
} from "../../runtime/compile.ts";
import type { Attend } from "../layers/attention.ts";
import { never } from "../layers/causalAttention.ts";
import { freeze, type ParameterLayout, type Scope } from "../parameters.ts";
import type { Past } from "./past.ts";
import { type PastLine, recordPast } from "./pastLines.ts";

/** What a model is given that runs one position of each sequence at a time. */
export interface StepContext {
  /** How its layers must attend. */
  readonly attend: (layer: number) => Attend;
  /** Earlier values of whatever else looks back. */
  readonly past: Past;
  /** Number of the position, int32 `[1]`. */
  readonly position: Tensor;
}

/** A causal model of one position to an output of `[batch, …]`. Further inputs of the graph are fed at every step. */
export type StepModel = (p: Scope, step: StepContext) => Tensor;

export interface DecoderOptions extends CompileOptions {
  readonly batch: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of a head. */
  readonly depth: number;
  /** Cache sizes in positions, rising, beyond the last by doubling: a session is compiled for each when it is first needed. */
  readonly buckets?: readonly number[];
}

/** Sequences in the making, one position at a time. */
export interface Decoder extends AsyncDisposable {
  /** Positions fed so far. */
  readonly position: () => number;
  /** Feeds the next position of every sequence; the output is valid until the next step. */
  next(feeds: Arrays): Promise<Float32Array>;
  /** Forgets all positions. */
  restart(): void;
  close(): Promise<void>;
}

/** One bucket: its session, and keys and values of each layer, `[batch, heads, size, depth]`. */
interface Bucket {
  readonly size: number;
  readonly executable: Executable<string>;
  readonly caches: readonly Float32Array[];
}

/**
 * Runs a model position by position. Keys and values of earlier positions stay in arrays of the caller's process; a step
 * reads them in place and returns its own rows alone.
 */
export function createDecoder(
  model: StepModel,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: DecoderOptions,
): Decoder {
  const { batch, layers, heads, depth, buckets = [256, 512, 1024, 2048] } = options;
  const rows = batch * heads;
  const names = Array.from({ length: layers }, (_, i) => [`key${i}`, `value${i}`]).flat();
  const fresh = Object.fromEntries(
    names.map((name) => [`${name}.new`, new Float32Array(rows * depth)]),
  );
  let bucket: Bucket | undefined;
  let lines: readonly PastLine[] | undefined;
  let position = 0;

  const open = async (size: number): Promise<Bucket> => {
    const outputs: Record<string, Tensor> = {};
    const past = recordPast();
    const place = input("position", [1], "int32");
    const attend = (layer: number): Attend => {
      const shape = [batch, heads, size, depth];
      const keys = input(`key${layer}`, shape);
      const values = input(`value${layer}`, shape);
      return (q, k, v) => {
        outputs[`key${layer}.new`] = k;
        outputs[`value${layer}.new`] = v;
        return attendToCache(q, k, v, { keys, values, position: place });
      };
    };
    outputs.output = model(freeze(layout, parameters), { attend, past, position: place });
    lines ??= past.lines();
    Object.assign(outputs, past.outputs);
    return {
      size,
      executable: await compile(outputs, options),
      caches: names.map(() => new Float32Array(rows * size * depth)),
    };
  };

  const grow = async (): Promise<Bucket> => {
    const size = buckets.find((s) => s > position) ?? 2 * position;
    const larger = await open(size);
    if (bucket) {
      for (const [i, cache] of bucket.caches.entries()) spread(cache, larger.caches[i]!, rows); // as many
      await bucket.executable.close();
    }
    return larger;
  };

  const close = async () => {
    await bucket?.executable.close();
    bucket = undefined;
  };

  const place = new Int32Array(1);
  return {
    position: () => position,
    async next(feeds) {
      if (!bucket || position >= bucket.size) bucket = await grow();
      place[0] = position;
      const { caches, executable, size } = bucket;
      const past = Object.fromEntries(names.map((name, i) => [name, caches[i]!])); // as many
      const all: Record<string, Arrays[string]> = { ...feeds, ...past, position: place };
      const into = { ...fresh };
      for (const { name, feed, output, fresh: values } of lines ?? []) {
        all[name] = feed;
        into[output] = values;
      }
      const result = await executable.run(inputsAmong(executable, all), into);
      for (const line of lines ?? []) line.advance(position);
      names.forEach((name, i) => {
        const row = fresh[`${name}.new`]!; // one a name
        for (let r = 0; r < rows; r++) {
          caches[i]!.set(row.subarray(r * depth, (r + 1) * depth), (r * size + position) * depth); // as many
        }
      });
      position += 1;
      return result.output as Float32Array; // models compute in float32
    },
    restart() {
      position = 0;
      for (const { feed } of lines ?? []) feed.fill(0);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Copies each of `rows` equal parts of an array to the start of the same part of a larger one. */
function spread(from: Float32Array, to: Float32Array, rows: number): void {
  const [short, long] = [from.length / rows, to.length / rows];
  for (let r = 0; r < rows; r++) to.set(from.subarray(r * short, (r + 1) * short), r * long);
}

interface Cache {
  /** `[batch, heads, size, depth]`, filled up to `position`. */
  readonly keys: Tensor;
  readonly values: Tensor;
  readonly position: Tensor;
}

/**
 * Attention of one new position, `[batch, heads, 1, depth]`, to the cache and to itself. Only the scores are
 * concatenated, never the cache.
 */
function attendToCache(q: Tensor, k: Tensor, v: Tensor, cache: Cache): Tensor {
  const [size, depth] = cache.keys.shape.slice(-2) as [number, number];
  const alpha = 1 / Math.sqrt(depth);
  const places = constant([...Array(size).keys()], [size], "int32");
  const past = q.matmul(cache.keys, { transB: true, alpha });
  const own = q.mul(k).sum(-1, { keepDims: true }).mul(alpha);
  const scores = concat([places.less(cache.position).where(past, never), own], -1);
  const [before, now] = scores.softmax().split(-1, [size, 1]) as [Tensor, Tensor];
  return before.matmul(cache.values).add(now.mul(v));
}
