import { describe, expect, test } from "vitest";
import { UserError } from "../errors/userError.ts";
import {
  armsOf,
  type Comparison,
  compare,
  type FitWish,
  type Named,
  runArm,
  trainingsOf,
} from "./compare.ts";
import { someFit } from "./testing.ts";

const plan = { steps: 100 };
const [haar, shift] = [{ name: "haar" }, { name: "shift" }];
const [bach, prose] = [{ name: "bach" }, { name: "prose" }];
const comparison: Comparison<Named, Named> = {
  ...{ variants: [haar, shift], inputs: [bach, prose], rates: [1], seeds: 1, plan },
  better: "lower",
};

/** Compares by the values that `madeUp` returns, and says what was trained, in its order. */
async function compared(
  changes: Partial<Comparison<Named, Named>>,
  madeUp: (variant: string, input: string, wish: FitWish) => number = () => 1,
) {
  const trained: string[] = [];
  const seen: number[] = [];
  const fits = await compare(
    { ...comparison, ...changes },
    async (variant, input, wish) => {
      const { rate, seed, isTrial } = wish;
      const names = [variant.name, input.name, `rate ${rate}`, `seed ${seed}`];
      trained.push([...names, ...(isTrial ? ["trial"] : [])].join(", "));
      const settings = { variant: variant.name, input: input.name, rate, seed };
      return someFit(madeUp(variant.name, input.name, wish), settings);
    },
    async (fits) => {
      seen.push(fits.length);
    },
  );
  return { trained, seen, fits };
}

/** The rate that each variant was trained with in the end. */
const ratesOf = (fits: Awaited<ReturnType<typeof compared>>["fits"]) =>
  Object.fromEntries(fits.map(({ variant, rate }) => [variant, rate]));

describe("the order of trainings", () => {
  test("variants take turns: every input by every variant, seed by seed", async () => {
    const { trained, seen, fits } = await compared({ seeds: 2 });
    expect(trained).toEqual(
      [1, 2].flatMap((seed) =>
        ["bach", "prose"].flatMap((input) =>
          ["haar", "shift"].map((variant) => `${variant}, ${input}, rate 1, seed ${seed}`),
        ),
      ),
    );
    expect(
      fits.map(({ variant, input, seed }) => `${variant}, ${input}, rate 1, seed ${seed}`),
    ).toEqual(trained);
    expect(seen).toEqual([4, 8]);
  });

  test("a variant with rates of its own tries those, and none where there is one", async () => {
    const variants = [haar, { name: "solved", rates: [1] }];
    const { trained, fits } = await compared({ variants, inputs: [bach], rates: [2, 3] });
    expect(trained.filter((name) => name.startsWith("solved"))).toEqual([
      "solved, bach, rate 1, seed 1",
    ]);
    expect(ratesOf(fits)).toEqual({ haar: 2, solved: 1 });
  });

  test("every rate is tried by every variant on every input first, with seed 1", async () => {
    const { trained } = await compared({ rates: [1, 2], trial: { steps: 10 }, seeds: 1 });
    expect(trained.slice(0, 8)).toEqual(
      ["haar", "shift"].flatMap((variant) =>
        [1, 2].flatMap((rate) =>
          ["bach", "prose"].map((input) => `${variant}, ${input}, rate ${rate}, seed 1, trial`),
        ),
      ),
    );
    expect(trained.slice(8)).toHaveLength(4);
  });

  test("one rate needs no trial", async () => {
    expect((await compared({ rates: [7] })).trained).toHaveLength(4);
  });

  test("rates are tried by the trial's plan, and by the whole plan where there is no other", async () => {
    for (const trial of [{ steps: 10 }, undefined]) {
      const plans: unknown[] = [];
      const wishes = { rates: [1, 2], inputs: [bach], variants: [haar], ...(trial && { trial }) };
      await compared(wishes, (_, __, { plan, isTrial }) => {
        plans.push([plan, isTrial]);
        return 1;
      });
      // What is tried by the whole plan is a training like any other, which need not be repeated.
      const tried = trial ? [trial, true] : [plan, false];
      expect(plans).toEqual([tried, tried, [plan, false]]);
    }
  });
});

describe("the rate of a variant", () => {
  test.each(["lower", "higher"] as const)(
    "is the one with the best mean over inputs, where %s values are better",
    async (better) => {
      const sign = better === "lower" ? 1 : -1;
      // On bach alone 1 would be best for haar, on prose alone 3.
      const losses = {
        haar: { bach: [1, 2, 9], prose: [9, 2, 1] },
        shift: { bach: [1, 2, 3], prose: [1, 2, 3] },
      } as Record<string, Record<string, number[]>>;
      const { fits } = await compared(
        { rates: [1, 2, 3], better },
        (variant, input, { rate }) => sign * (losses[variant]?.[input]?.[rate - 1] ?? Number.NaN),
      );
      expect(ratesOf(fits)).toEqual({ haar: 2, shift: 1 });
    },
  );

  test("is the first of those that are as good", async () => {
    expect(ratesOf((await compared({ rates: [3, 1, 2] })).fits)).toEqual({ haar: 3, shift: 3 });
  });

  test("is none with which a training diverged, on any input", async () => {
    const { fits } = await compared({ rates: [1, 2] }, (variant, input, { rate }) =>
      rate === 2 && variant === "haar" && input === "prose" ? Number.NaN : 10 - rate,
    );
    expect(ratesOf(fits)).toEqual({ haar: 1, shift: 2 });
  });

  test("is the smallest where trainings diverged with all of them", async () => {
    const { fits } = await compared({ rates: [3, 1, 2] }, () => Number.NaN);
    expect(ratesOf(fits)).toEqual({ haar: 1, shift: 1 });
    expect(fits.every(({ diverged }) => diverged)).toBe(true);
  });
});

test("a training that fails ends the comparison with its error", async () => {
  const failing = compared({}, () => {
    throw new RangeError("out of memory");
  });
  await expect(failing).rejects.toThrow("out of memory");
});

test.each<[string, Partial<Comparison<Named, Named>>, string]>([
  ["no variant", { variants: [] }, "a comparison needs at least one variant"],
  ["no input", { inputs: [] }, "a comparison needs at least one input"],
  ["no rate", { rates: [] }, "a comparison needs at least one learning rate"],
  ["no seed", { seeds: 0 }, "a comparison needs at least one random seed, not 0"],
  ["half a seed", { seeds: 1.5 }, "a comparison needs at least one random seed, not 1.5"],
  ["two variants of a name", { variants: [haar, haar] }, 'two variants are named "haar"'],
  ["two inputs of a name", { inputs: [bach, prose, bach] }, 'two inputs are named "bach"'],
])("a comparison of %s is refused before anything is trained", async (_, changes, message) => {
  let trained = 0;
  const counted = compared(changes, () => ++trained);
  await expect(counted).rejects.toThrow(new UserError(message));
  expect(trained).toBe(0);
});

describe("arms", () => {
  /** What is trained, in arms or as a whole. */
  const trainings = async (changes: Partial<Comparison<Named, Named>>) => {
    const whole = { ...comparison, ...changes };
    const lists: string[][] = [];
    const noting = (list: string[]) => async (variant: Named, input: Named, wish: FitWish) => {
      list.push(JSON.stringify([variant.name, input.name, wish]));
      return someFit(variant.name === "haar" ? wish.rate : -wish.rate, {});
    };
    for (const arm of armsOf(whole)) {
      const list: string[] = [];
      await runArm(whole, arm, noting(list));
      expect(list).toHaveLength(trainingsOf(arm, whole));
      lists.push(list);
    }
    const all: string[] = [];
    await compare(whole, noting(all));
    return { lists, all };
  };

  test("are single trainings where there is no rate to choose", async () => {
    const { lists, all } = await trainings({ seeds: 3 });
    expect(lists.map(({ length }) => length)).toEqual(all.map(() => 1));
    expect(lists.flat()).toEqual(all);
  });

  test("are all trainings of a variant where there is, with the rate that is chosen", async () => {
    const variants = [haar, shift, { name: "solved", rates: [1] }];
    const { lists, all } = await trainings({ variants, rates: [1, 2, 3], seeds: 2 });
    const single = [1, 1, 1, 1]; // of what has one rate, with two inputs and two seeds
    expect(lists.map(({ length }) => length)).toEqual([10, 10, ...single]);
    expect(lists.flat().sort()).toEqual(all.sort());
  });

  test("of nothing are refused", () => {
    expect(() => armsOf({ ...comparison, inputs: [] })).toThrow("at least one input");
  });
});
