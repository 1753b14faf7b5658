import { locals } from "../../../wasm/locals.ts";
import { setCount } from "../mixing.ts";
import { range } from "./code.ts";
import { lanes } from "./layout.ts";

/* Locals of `predict`: the parameter, integers, the slots of four contexts, the rows of the sets; then vectors, the sums of the sets first. */

export const l = locals(
  ["contexts"],
  [
    ...(["at", "input", "end", "address", "touched", "mixed", "point", "part"] as const),
    "chance" as const,
  ],
);
export const slot = (lane: number) => l.chance + 1 + lane;
export const row = (s: number) => slot(lanes) + s;
export const integerCount = row(setCount) - 1;
export const sumOf = (s: number) => row(setCount) + s;
export const [first, second, output, total] = range(4).map((i) => sumOf(setCount) + i) as [
  ...[number, number, number, number],
];
