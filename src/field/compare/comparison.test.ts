import { expect, test } from "vitest";
import { siren } from "../families/baselines/siren.ts";
import { contendersOf } from "./comparison.ts";

test("a family with atoms contends once for each of their starts, another once", () => {
  const [plain, atoms] = [siren(), { ...siren(), start: () => {} }];
  expect(contendersOf("siren", plain, ["random", "maxima"])).toEqual([
    { name: "siren", family: plain, init: "maxima" },
  ]);
  expect(contendersOf("atoms", atoms, ["random", "maxima"])).toEqual([
    { name: "atoms-random", family: atoms, init: "random" },
    { name: "atoms", family: atoms, init: "maxima" },
  ]);
});
