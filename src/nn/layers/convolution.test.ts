import { expect, test } from "vitest";
import { evaluate, someNumbers } from "../../../test/evaluate.ts";
import { input } from "../../graph/index.ts";
import { bind, layoutOf } from "../parameters.ts";
import { causalConvolution } from "./convolution.ts";

test.each([
  { taps: 1, dilation: 1 },
  { taps: 3, dilation: 1 },
  { taps: 3, dilation: 2 },
  { taps: 4, dilation: 3 },
])("$taps taps, dilation $dilation: y[t] = Σ kernel[k] x[t - k dilation]", async (options) => {
  const x = input("x", [2, 5, 2]);
  const model = (p: Parameters<typeof causalConvolution>[0]) => causalConvolution(p, x, options);
  const layout = layoutOf(model);
  const y = model(bind(layout, input("kernel", [layout.size])).scope);
  const feeds = { x: someNumbers(20), kernel: someNumbers(layout.size, -1, 1, 2) };
  const result = await evaluate({ y }, feeds);
  for (let b = 0; b < 2; b++) {
    for (let t = 0; t < 5; t++) {
      for (let c = 0; c < 2; c++) {
        let sum = 0;
        for (let k = 0; k < options.taps; k++) {
          const past = t - k * options.dilation;
          if (past >= 0) sum += feeds.kernel[2 * k + c]! * feeds.x[(b * 5 + past) * 2 + c]!;
        }
        expect(result.y[(b * 5 + t) * 2 + c]).toBeCloseTo(sum, 6);
      }
    }
  }
});
