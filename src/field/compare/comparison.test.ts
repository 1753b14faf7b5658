import { expect, test } from "vitest";
import { siren } from "../families/baselines/siren.ts";
import { expansion } from "../families/expansion/expansion.ts";
import { variantsOf } from "./comparison.ts";

test("a family with atoms is a variant for each of their starts, another family is one variant", () => {
  const [plain, atoms] = [siren(), { ...siren(), start: () => {} }];
  expect(variantsOf("siren", plain, ["random", "maxima"])).toEqual([
    { name: "siren", family: plain, init: "maxima" },
  ]);
  expect(variantsOf("atoms", atoms, ["random", "maxima"])).toEqual([
    { name: "atoms-random", family: atoms, init: "random" },
    { name: "atoms", family: atoms, init: "maxima" },
  ]);
  expect(variantsOf("expansion", expansion(), ["random", "maxima"])).toMatchObject([
    { name: "expansion", init: "maxima" },
  ]);
});
