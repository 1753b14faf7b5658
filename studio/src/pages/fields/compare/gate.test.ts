import { expect, test } from "vitest";
import { createGate } from "./gate.ts";

test("who comes to a closed gate waits until it is opened, and no time passes meanwhile", async () => {
  let time = 10;
  const gate = createGate(() => time);
  await gate.passed();
  gate.close();
  let isThrough = false;
  const passing = gate.passed().then(() => {
    isThrough = true;
  });
  time = 15;
  await Promise.resolve();
  expect(isThrough).toBe(false);
  expect(gate.clock()).toBe(10);
  gate.open();
  await passing;
  time = 17;
  expect(gate.clock()).toBe(12);
});
