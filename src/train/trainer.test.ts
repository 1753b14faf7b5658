import { describe, expect, test } from "vitest";
import { relativeError, someNumbers } from "../../test/evaluate.ts";
import { createRandom } from "../data/random/random.ts";
import { input } from "../graph/index.ts";
import { normal, zeros } from "../nn/initializers.ts";
import { adamw } from "../nn/optimizers/adamw.ts";
import type { Scope } from "../nn/parameters.ts";
import { compileTrainer, initialize } from "./trainer.ts";

/** Least squares: y = x w + b. */
const regression = (rows: number) => (p: Scope) => {
  const [x, y] = [input("x", [rows, 3]), input("y", [rows, 1])];
  const error = x
    .matmul(p.get("w", [3, 1], normal(1)))
    .add(p.get("b", [1], zeros))
    .sub(y);
  return { loss: error.square().mean(), metrics: { worst: error.abs().max() } };
};
const x = someNumbers(24, -1, 1, 4);
const batch = {
  x: Float32Array.from(x),
  y: Float32Array.from({ length: 8 }, (_, i) => x[3 * i]! - 2 * x[3 * i + 1]! + 0.5),
};
const rate = 0.05;

async function started(clip = 1) {
  const options = { optimizer: adamw({ weightDecay: 0.1 }), clip, threads: 1 };
  const trainer = await compileTrainer(regression(8), options);
  const parameters = initialize(trainer.layout, createRandom(3));
  const zero = new Float32Array(trainer.layout.size);
  trainer.restore({ parameters, m: zero, v: zero }, 0);
  return { trainer, parameters };
}

/** The same steps by algorithm 2 of Loshchilov & Hutter, in float64. */
function reference(parameters: Float32Array, steps: number, clip: number): number[] {
  const p = [...parameters];
  const [m, v] = [Array(4).fill(0), Array(4).fill(0)] as [number[], number[]];
  for (let t = 1; t <= steps; t++) {
    const g = [0, 0, 0, 0];
    for (let i = 0; i < 8; i++) {
      const row = [batch.x[3 * i]!, batch.x[3 * i + 1]!, batch.x[3 * i + 2]!, 1];
      const error = row.reduce((s, value, j) => s + value * p[j]!, 0) - batch.y[i]!;
      for (const [j, value] of row.entries()) g[j]! += (2 * error * value) / 8;
    }
    const norm = Math.hypot(...g);
    for (let j = 0; j < 4; j++) {
      const clipped = g[j]! * Math.min(1, clip / (norm + 1e-6));
      m[j] = 0.9 * m[j]! + 0.1 * clipped;
      v[j] = 0.99 * v[j]! + 0.01 * clipped * clipped;
      const step = m[j]! / (1 - 0.9 ** t) / (Math.sqrt(v[j]! / (1 - 0.99 ** t)) + 1e-8);
      const decay = j < 3 ? 0.1 * p[j]! : 0; // the bias is not decayed
      p[j]! -= rate * (step + decay);
    }
  }
  return p;
}

describe("a trainer", () => {
  test.each([1, 1e9])("takes the steps of AdamW, gradients clipped to %d", async (clip) => {
    const { trainer, parameters } = await started(clip);
    for (let i = 0; i < 10; i++) await trainer.train(batch, rate);
    const error = relativeError(trainer.state().parameters!, reference(parameters, 10, clip));
    expect(error).toBeLessThan(1e-5);
    await trainer.close();
  });

  test("minimizes its loss and reports metrics from before the step", async () => {
    const { trainer } = await started();
    const first = await trainer.train(batch, rate);
    let last = first;
    for (let i = 0; i < 300; i++) last = await trainer.train(batch, rate);
    expect(last.loss).toBeLessThan(first.loss / 100);
    expect(last.worst).toBeLessThan(first.worst);
    expect(last.gradientNorm).toBeGreaterThan(0);
    await trainer.close();
  });

  test("k steps, a saved state and k steps equal 2 k steps bit for bit", async () => {
    const { trainer } = await started();
    for (let i = 0; i < 5; i++) await trainer.train(batch, rate);
    const saved = Object.fromEntries(
      Object.entries(trainer.state()).map(([name, values]) => [name, values.slice()]),
    );
    const { trainer: other } = await started();
    other.restore(saved, trainer.step());
    for (let i = 0; i < 5; i++) {
      await trainer.train(batch, rate);
      await other.train(batch, rate);
    }
    expect(other.step()).toBe(10);
    expect(other.state()).toEqual(trainer.state());
    await Promise.all([trainer.close(), other.close()]);
  });

  test("shares its state with a trainer for another batch shape", async () => {
    const { trainer } = await started();
    const options = { optimizer: adamw(), threads: 1, arenas: trainer.arenas };
    const half = await compileTrainer(regression(4), options);
    await trainer.train(batch, rate);
    await half.train({ x: batch.x.slice(0, 12), y: batch.y.slice(0, 4) }, rate);
    expect(trainer.step()).toBe(2);
    expect(trainer.state().parameters).toBe(half.state().parameters);
    await Promise.all([trainer.close(), half.close()]);
  });

  test("takes the same steps where the loss comes in parts", async () => {
    const options = { optimizer: adamw(), threads: 1 };
    const inParts = (p: Scope) => {
      const [x, y] = [input("x", [8, 3]), input("y", [8, 1])];
      const [w, b] = [p.get("w", [3, 1], normal(1)), p.get("b", [1], zeros)];
      const halves = [0, 4].map((at) => {
        const error = x
          .slice(0, at, at + 4)
          .matmul(w)
          .add(b)
          .sub(y.slice(0, at, at + 4));
        return error.square().sum().div(8);
      });
      return { loss: halves, metrics: {} };
    };
    const [whole, parts] = [
      await compileTrainer(regression(8), options),
      await compileTrainer(inParts, options),
    ];
    const zero = new Float32Array(whole.layout.size);
    const start = { parameters: initialize(whole.layout, createRandom(3)), m: zero, v: zero };
    for (const trainer of [whole, parts]) trainer.restore(start, 0);
    for (let i = 0; i < 5; i++) {
      const [a, b] = [await whole.train(batch, rate), await parts.train(batch, rate)];
      expect(b.loss).toBeCloseTo(a.loss, 6);
      expect(b.gradientNorm).toBeCloseTo(a.gradientNorm, 5);
    }
    const end = whole.state().parameters!;
    expect(relativeError(parts.state().parameters!, [...end])).toBeLessThan(1e-5);
    await Promise.all([whole.close(), parts.close()]);
  });

  test("refuses a state of another model", async () => {
    const { trainer } = await started();
    expect(() => trainer.restore({ parameters: new Float32Array(5) }, 1)).toThrow(
      'the saved "parameters" has 5 elements, this model needs 4',
    );
    await trainer.close();
  });
});
