import { describe, expect, test } from "vitest";
import { createRandom } from "../../data/random/random.ts";
import { constant, input, type Tensor } from "../../graph/index.ts";
import { compile } from "../../runtime/index.ts";
import { compileTrainer } from "../../train/trainer.ts";
import type { Scope } from "../parameters.ts";
import { adamw } from "./adamw.ts";
import { muon, orthogonalize } from "./muon.ts";

const random = createRandom(1);
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());

/** The value of a graph without inputs. */
async function evaluated(y: Tensor): Promise<number[]> {
  const executable = await compile({ y });
  const { y: values } = await executable.run({});
  await executable.close();
  return [...values].map(Number);
}

describe("the orthogonalized matrix", () => {
  test.each([
    [6, 6],
    [4, 9],
    [9, 4],
  ])(
    "of %d × %d shares its singular vectors, with singular values near 1",
    async (rows, columns) => {
      const x = constant(normals(rows * columns), [rows, columns]);
      const y = orthogonalize(x);
      const short = Math.min(rows, columns);
      const gramOf = (a: Tensor, b: Tensor) =>
        rows <= columns ? a.matmul(b, { transB: true }) : a.matmul(b, { transA: true });
      // y = U f(Σ) Vᵀ: its Gram matrix is U f(Σ)² Uᵀ, of trace Σ f(σ)², and x yᵀ is symmetric and positive.
      const gram = await evaluated(gramOf(y, y));
      const trace = gram.filter((_, i) => i % (short + 1) === 0).reduce((a, b) => a + b);
      expect(trace / short).toBeGreaterThan(0.5);
      expect(trace / short).toBeLessThan(1.4);
      const cross = await evaluated(gramOf(x, y));
      for (let i = 0; i < short; i++) {
        expect(cross[i * short + i]).toBeGreaterThan(0);
        for (let j = 0; j < i; j++)
          expect(cross[i * short + j]).toBeCloseTo(cross[j * short + i]!, 4);
      }
    },
  );

  test("does not depend on the size of the matrix", async () => {
    const values = normals(20);
    const [small, large] = await Promise.all(
      [1e-3, 1e3].map((size) =>
        evaluated(
          orthogonalize(
            constant(
              values.map((v) => size * v),
              [4, 5],
            ),
          ),
        ),
      ),
    );
    for (const [i, v] of small!.entries()) expect(v).toBeCloseTo(large![i]!, 4);
  });

  test("of a batch is each matrix's own", async () => {
    const [a, b] = [normals(12), normals(12).map((v) => 100 * v)];
    const both = await evaluated(orthogonalize(constant([...a, ...b], [2, 3, 4])));
    const single = await Promise.all(
      [a, b].map((v) => evaluated(orthogonalize(constant(v, [3, 4])))),
    );
    for (const [i, v] of single.flat().entries()) expect(both[i]).toBeCloseTo(v, 4);
  });
});

describe("a step of Muon", () => {
  const objective = (p: Scope) => {
    const fill = (values: Float32Array) => values.fill(0.5);
    const hidden = p.get("hidden.weight", [3, 4], fill);
    const head = p.get("head.weight", [4, 2], fill);
    const y = input("x", [5, 3])
      .matmul(hidden)
      .tanh()
      .matmul(head)
      .add(p.get("bias", [2], fill));
    return { loss: y.square().sum(), metrics: {} };
  };
  const stepped = async (
    optimizer: Parameters<typeof compileTrainer>[1]["optimizer"],
    steps = 3,
  ) => {
    const trainer = await compileTrainer(objective, { optimizer });
    const start = Float32Array.from({ length: trainer.layout.size }, (_, i) => Math.sin(i));
    const zero = new Float32Array(trainer.layout.size);
    trainer.restore({ parameters: start, m: zero, v: zero }, 0);
    const x = Float32Array.from({ length: 15 }, (_, i) => Math.cos(i));
    for (let step = 0; step < steps; step++) await trainer.train({ x }, 0.01);
    const after = trainer.state().parameters!.slice(); // a slot of every optimizer
    await trainer.close();
    return { start, after };
  };

  test("without hidden matrices is AdamW's", async () => {
    const [one, other] = [await stepped(muon({ hidden: () => false })), await stepped(adamw())];
    for (const [i, v] of one.after.entries()) expect(v).toBeCloseTo(other.after[i]!, 6);
  });

  test("moves a hidden matrix about as far as AdamW moves a typical one, and not along the gradient", async () => {
    const hidden = ({ name }: { name: string }) => name.startsWith("hidden");
    const { start, after } = await stepped(muon({ hidden }));
    const moved = after.subarray(0, 12).map((v, i) => v - start[i]!);
    const rms = Math.hypot(...moved) / Math.sqrt(12);
    // Three steps of at most 0.2 × rate × the gain of the quintic.
    expect(rms).toBeGreaterThan(0.2 * 0.01);
    expect(rms).toBeLessThan(3 * 0.2 * 0.01 * 1.3);
  });

  test("that is normalized moves all outputs of a matrix at one pace", async () => {
    const hidden = ({ name }: { name: string }) => name.startsWith("hidden");
    const pacesOf = async (normalized: boolean) => {
      const adamw = { weightDecay: 0 };
      const { start, after } = await stepped(muon({ hidden, normalized, adamw }), 1);
      return Array.from(
        { length: 4 },
        (_, column) =>
          Math.hypot(
            ...[0, 1, 2].map((row) => after[row * 4 + column]! - start[row * 4 + column]!),
          ), // 3 x 4
      );
    };
    const spread = (paces: readonly number[]) => Math.max(...paces) / Math.min(...paces);
    expect(spread(await pacesOf(true))).toBeLessThan(1.001);
    expect(spread(await pacesOf(false))).toBeGreaterThan(1.05);
    expect(Math.hypot(...(await pacesOf(true))) / Math.sqrt(12)).toBeCloseTo(0.2 * 0.01, 6);
  });

  test("with cautious decay decays what the step brings toward zero, and nothing else", async () => {
    const decayedBy = async (weightDecay: number) =>
      stepped(muon({ adamw: { weightDecay, cautious: true } }), 1);
    const [plain, decayed] = [await decayedBy(0), await decayedBy(0.5)];
    let some = 0;
    for (const i of Array(20).keys()) {
      const start = plain.start[i]!; // two matrices come first
      const towardZero = (plain.after[i]! - start) * start < 0;
      const decay = plain.after[i]! - decayed.after[i]!;
      expect(decay).toBeCloseTo(towardZero ? 0.01 * 0.5 * start : 0, 6);
      some += Number(towardZero);
    }
    expect(some).toBeGreaterThan(2);
    expect(some).toBeLessThan(18);
  });
});
