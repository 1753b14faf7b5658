import { describe, expect, test } from "vitest";
import { afterKey, between, fitted } from "./hole.ts";

const picture = { width: 28, height: 28 };

test("a hole spans from pixel to pixel, in any direction", () => {
  expect(between({ x: 5, y: 9 }, { x: 2, y: 10 })).toEqual({ x: 2, y: 9, width: 4, height: 2 });
});

test("what sticks out of the picture is cut off, and a pixel stays", () => {
  expect(fitted({ x: 20, y: 27, width: 20, height: 5 }, picture)).toEqual({
    ...{ x: 20, y: 27, width: 8, height: 1 },
  });
  expect(fitted({ x: 40, y: -3, width: 0, height: 4 }, picture)).toEqual({
    ...{ x: 27, y: 0, width: 1, height: 4 },
  });
});

describe("keys", () => {
  const hole = { x: 20, y: 0, width: 8, height: 3 };
  test("arrows move the hole within the picture", () => {
    expect(afterKey(hole, "ArrowRight", false, picture)).toEqual(hole);
    expect(afterKey(hole, "ArrowLeft", false, picture)).toEqual({ ...hole, x: 19 });
    expect(afterKey(hole, "ArrowUp", false, picture)).toEqual(hole);
  });
  test("with Shift they change its size, down to a pixel", () => {
    expect(afterKey(hole, "ArrowDown", true, picture)).toEqual({ ...hole, height: 4 });
    expect(afterKey({ ...hole, height: 1 }, "ArrowUp", true, picture)).toEqual({
      ...hole,
      height: 1,
    });
  });
  test("other keys are not taken", () => {
    expect(afterKey(hole, "Enter", false, picture)).toBeUndefined();
  });
});
