import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { createField } from "../createField.ts";
import { fitField } from "../fit/fitField.ts";
import { openField } from "../runFolder.ts";
import type { Signal } from "../signal/signal.ts";
import { hiddenOctaves, renderField } from "./render.ts";
import { wholeView } from "./view.ts";

test("a view shows the octaves that it has points for", () => {
  expect([4, 1, 0.8, 0.5, 0.25, 0.1].map(hiddenOctaves)).toEqual([0, 0, 0, 1, 2, 3]);
});

test("stripes as fine as the samples are no coarse stripes in a small view", async () => {
  const size = [64, 64];
  const stripes: Signal = {
    size,
    channels: 1,
    values: Float32Array.from({ length: 64 * 64 }, (_, i) => ((i % 64) % 2 === 0 ? 0.5 : -0.5)),
  };
  const folder = await temporaryFolder();
  const config = createField(stripes, {
    ...{ path: "stripes.png", model: "expansion", parameters: 12_000 },
  });
  const options = { threads: 1 };
  await fitField(folder, config, stripes, options);
  const field = await openField(folder);
  const strongest = ({ values }: Signal) => Math.max(...values.map(Math.abs));
  const small = wholeView(size, 1 / 3);
  expect(strongest(await renderField(field, small, { ...options, without: 0 }))).toBeGreaterThan(
    0.4,
  );
  expect(strongest(await renderField(field, small, options))).toBeLessThan(0.05);
});
