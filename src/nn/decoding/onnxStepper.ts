import { concat, constant, input, type Tensor } from "../../graph/index.ts";
import { type Arrays, compile, type Executable, inputsAmong } from "../../runtime/compile.ts";
import type { Attend } from "../layers/attention.ts";
import { never } from "../layers/causalAttention.ts";
import { freeze } from "../parameters.ts";
import { type PastLine, recordPast } from "./pastLines.ts";
import type { StepOptions, Stepper, StepSource } from "./stepper.ts";

/** One bucket: its session, and keys and values of each layer, `[batch, heads, size, depth]`. */
interface Bucket {
  readonly size: number;
  readonly executable: Executable<string>;
  readonly caches: readonly Float32Array[];
}

/**
 * Steps by ONNX Runtime, on any device. Keys and values of earlier positions stay in arrays of the caller's process; a step
 * reads them in place and returns its own rows alone.
 */
export function onnxStepper(
  { model, layout, parameters }: StepSource,
  options: StepOptions,
): Stepper {
  const { batch, layers, heads, depth, buckets = [256, 512, 1024, 2048] } = options;
  const rows = batch * heads;
  const names = Array.from({ length: layers }, (_, i) => [`key${i}`, `value${i}`]).flat();
  const fresh = Object.fromEntries(
    names.map((name) => [`${name}.new`, new Float32Array(rows * depth)]),
  );
  let bucket: Bucket | undefined;
  let lines: readonly PastLine[] | undefined;

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

  const grow = async (position: number): Promise<Bucket> => {
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
  const step = async (position: number, feeds: Arrays): Promise<Float32Array> => {
    if (!bucket || position >= bucket.size) bucket = await grow(position);
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
    return result.output as Float32Array; // models compute in float32
  };
  return {
    step,
    async feed(position, feeds) {
      for (const [i, one] of feeds.entries()) await step(position + i, one);
    },
    restart() {
      for (const { feed } of lines ?? []) feed.fill(0);
    },
    close,
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
