import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { distance } from "../testing.ts";
import { qmf } from "./qmf.ts";
import { isWaveletName, wavelet } from "./wavelet.ts";

const { mirrors }: { mirrors: Record<string, number[]> } = JSON.parse(
  readFileSync(new URL("../fixtures/conveniences.json", import.meta.url), "utf8"),
);

test("equals PyWavelets", () => {
  for (const [name, taps] of Object.entries(mirrors))
    if (isWaveletName(name)) expect(distance(qmf(wavelet(name).recLo), taps)).toBeLessThan(1e-12);
});

test("of an orthogonal wavelet the mirror of recLo is recHi", () => {
  const { recLo, recHi } = wavelet("sym5");
  expect(qmf(recLo)).toEqual(recHi);
});
