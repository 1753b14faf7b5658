import { expect, test } from "vitest";
import { constant, input } from "../graph/index.ts";
import { emit } from "./emit.ts";

test("equal constants are written once, however many tensors there are of them", () => {
  const ramp = () => constant([...Array(1000).keys()], [1000]);
  const { initializers } = emit({ y: input("x", [1000]).add(ramp()).mul(ramp()) });
  expect(initializers).toHaveLength(1);
});

test("constants of other shapes, types or numbers are others", () => {
  const ramp = [...Array(1000).keys()];
  const x = input("x", [1000]);
  const sum = x
    .add(constant(ramp, [1000]))
    .add(constant(ramp, [1, 1000]))
    .add(constant(ramp, [1000], "int32").cast("float32"))
    .add(constant(ramp.toReversed(), [1000]));
  expect(emit({ sum }).initializers).toHaveLength(4);
});
