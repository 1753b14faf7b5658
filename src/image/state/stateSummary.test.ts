import { expect, test } from "vitest";
import type { Site } from "../../codec/index.ts";
import { imageLanguage } from "../language/language.ts";
import { noClass } from "../model.ts";
import { stateSummary } from "./stateSummary.ts";

test("the state of a picture whose class is not told differs by the class alone", () => {
  const language = imageLanguage(
    { wavelet: "haar", finest: 0.25, levels: 2 },
    { width: 8, height: 8 },
  );
  const summary = stateSummary({ language, classes: 3, highestPlane: 1 });
  const site = { channel: 0, level: 1, plane: 0, threshold: 1, offset: 0 } as Site; // no more is asked
  const known = Float64Array.from({ length: 64 }, (_, i) => (i % 5) - 2);
  const written = (label: number) => {
    const out = new Float32Array(summary.width);
    summary.follow().write(out, 0, site, known, label);
    return out;
  };
  const told = written(1);
  expect([...told.subarray(-3)]).toEqual([0, 1, 0]);
  told.fill(0, -3); // the class stands last
  expect(written(noClass)).toEqual(told);
});
