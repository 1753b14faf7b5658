import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { GptOptions } from "../src/nn/layers/gpt.ts";
import type { ParameterLayout } from "../src/nn/parameters.ts";

/** Parameters by name, as jax-js arrays. */
export type Weights = Record<string, np.Array>;

/** Selects jax-js's Wasm back end, the only one it has under Node. */
export async function startJax(): Promise<void> {
  await init("wasm");
  defaultDevice("wasm");
}

/** The arena's parameters as jax-js arrays. */
export function jaxWeights(layout: ParameterLayout, arena: Float32Array): Weights {
  return Object.fromEntries(
    layout.parameters.map(({ name, shape, offset }, i) => {
      const end = layout.parameters[i + 1]?.offset ?? layout.size;
      return [name, np.array(arena.slice(offset, end)).reshape([...shape])];
    }),
  );
}

/**
 * The same GPT as `nn/gpt.ts`, written again with jax-js from GPT-2's definition: mean cross-entropy in nats of one-hot
 * `targets` given one-hot `tokens`, both `[batch, length, vocabulary]`. Owns its arguments, as jax-js asks.
 */
export function jaxLoss(p: Weights, tokens: np.Array, targets: np.Array, options: GptOptions) {
  const { layers, heads, width } = options;
  const [batch, length] = tokens.shape as [number, number, number];
  const use = (name: string): np.Array => p[name]!.ref; // the layout names all
  const linear = (name: string, x: np.Array) =>
    np.matmul(x, use(`${name}.weight`)).add(use(`${name}.bias`));
  const norm = (name: string, x: np.Array) =>
    nn
      .standardize(x, -1, { epsilon: 1e-5 })
      .mul(use(`${name}.scale`))
      .add(use(`${name}.bias`));
  const heads4 = (x: np.Array) =>
    np.transpose(x.reshape([batch, length, heads, width / heads]), [0, 2, 1, 3]);
  const future = np.triu(np.ones([length, length]), 1).mul(-1e9);

  const attention = (name: string, x: np.Array) => {
    const qkv = np.split(linear(`${name}.queryKeyValue`, x), 3, -1);
    const [q, k, v] = qkv.map(heads4) as [np.Array, np.Array, np.Array];
    const scores = np.matmul(q, np.transpose(k, [0, 1, 3, 2])).div(Math.sqrt(width / heads));
    const mixed = np.matmul(nn.softmax(scores.add(future.ref), -1), v);
    return linear(
      `${name}.output`,
      np.transpose(mixed, [0, 2, 1, 3]).reshape([batch, length, width]),
    );
  };
  const mlp = (name: string, x: np.Array) =>
    linear(`${name}.output`, nn.gelu(linear(`${name}.hidden`, x), { approximate: false }));

  let x = np.matmul(tokens, use("token.table")).add(use("position.table").slice([0, length]));
  for (let layer = 0; layer < layers; layer++) {
    const name = `block${layer}`;
    x = x.ref.add(attention(`${name}.attention`, norm(`${name}.norm1`, x)));
    x = x.ref.add(mlp(`${name}.mlp`, norm(`${name}.norm2`, x)));
  }
  future.dispose();
  const logits = linear("head", norm("norm", x));
  return nn
    .logSoftmax(logits, -1)
    .mul(targets)
    .sum()
    .mul(-1 / (batch * length));
}

/** Loss and gradients of every parameter, compiled. */
export function jaxLossAndGradients(options: GptOptions) {
  return jit(
    valueAndGrad((p: Weights, tokens: np.Array, targets: np.Array) =>
      jaxLoss(p, tokens, targets, options),
    ),
  );
}

/** Indices as rows of 0 and 1: `[batch, length]` to `[batch, length, depth]`. */
export function jaxOneHot(indices: Int32Array, batch: number, depth: number): np.Array {
  const rows = new Float32Array(indices.length * depth);
  indices.forEach((index, i) => {
    rows[i * depth + index] = 1;
  });
  return np.array(rows).reshape([batch, indices.length / batch, depth]);
}
