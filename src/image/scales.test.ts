import { expect, test } from "vitest";
import type { Site } from "../codec/index.ts";
import { imageLanguage } from "./language/language.ts";
import { scaleOf } from "./scales.ts";

/** Scales of the levels of square images, from the coarsest. */
function scalesOf(side: number): string[] {
  const language = imageLanguage({ wavelet: "haar", finest: 0.25 }, { width: side, height: side });
  const scale = scaleOf(language.tokens);
  return Array.from({ length: language.levels + 1 }, (_, level) => scale({ level } as Site)); // asks for no more
}

test("bands of up to 4×4 coefficients are the shape of a picture, all larger ones its detail", () => {
  // MNIST: the scaling band 2×2, then details of 2×2, 4×4, 8×8 and 16×16.
  expect(scalesOf(28)).toEqual(["shape", "shape", "shape", "detail", "detail"]);
  expect(scalesOf(4).every((scale) => scale === "shape")).toBe(true);
  // Scaling band and coarsest details 4×4.
  expect(scalesOf(128)).toEqual(["shape", "shape", "detail", "detail", "detail", "detail"]);
});
