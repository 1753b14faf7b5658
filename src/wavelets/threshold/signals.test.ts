import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Digest, digestError } from "../undecimated/testing.ts";
import { type DemoSignalName, demoSignal, demoSignalNames } from "./signals.ts";

interface Frozen {
  name: DemoSignalName;
  length: number;
  values: Digest;
}
const frozen: Frozen[] = JSON.parse(
  readFileSync(new URL("../fixtures/demoSignals.json", import.meta.url), "utf8"),
);

test.each(demoSignalNames)("%s equals PyWavelets'", (name) => {
  const cases = frozen.filter((c) => c.name === name);
  expect(cases.length).toBeGreaterThan(0);
  for (const { length, values } of cases)
    expect(digestError(demoSignal(name, length), values)).toBeLessThan(1e-11);
});

test("any length from 16 up, finite values", () => {
  for (const name of demoSignalNames)
    for (const n of [16, 17, 25, 100]) {
      const signal = demoSignal(name, n);
      expect(signal.length).toBe(n);
      expect(signal.every(Number.isFinite)).toBe(true);
    }
});

test("invalid arguments are refused by name", () => {
  expect(() => demoSignal("Doppler", 8)).toThrow("from 16 up, not 8");
  expect(() => demoSignal("blocks" as DemoSignalName, 64)).toThrow('"blocks" is not a demo signal');
});
