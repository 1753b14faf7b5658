import { expect, test } from "vitest";
import { onParts } from "../arrays/complex.ts";
import { distance, noise } from "../testing.ts";
import { complexCwt } from "./complexCwt.ts";
import { cwt } from "./cwt.ts";

const z = { re: noise(40, 1), im: noise(40, 2) };

test.each(["morlet6", "mexh"])(
  "%s: the transform is complex-linear: i z gives i times the planes",
  (name) => {
    const planes = complexCwt(onParts(z, (part) => cwt(part, [2, 5], name)));
    const turned = { re: z.im.map((x) => -x), im: z.re };
    const ofTurned = complexCwt(onParts(turned, (part) => cwt(part, [2, 5], name)));
    expect(
      distance(
        ofTurned.re,
        planes.im.map((x) => -x),
      ),
    ).toBeLessThan(1e-13);
    expect(distance(ofTurned.im, planes.re)).toBeLessThan(1e-13);
  },
);

test("real data have the planes of cwt", () => {
  const real = { re: z.re, im: new Float64Array(40) };
  const whole = cwt(z.re, [2, 5], "cgau2");
  const planes = complexCwt(onParts(real, (part) => cwt(part, [2, 5], "cgau2")));
  expect(distance(planes.re, whole.re)).toBeLessThan(1e-15);
  expect(distance(planes.im, whole.im!)).toBeLessThan(1e-15);
});

test("parts with other scales or lengths are refused", () => {
  const re = cwt(z.re, [2, 5], "mexh");
  expect(() => complexCwt({ re, im: cwt(z.im, [2], "mexh") })).toThrow("same scales and length");
  expect(() => complexCwt({ re, im: cwt(z.im, [2, 5], "morlet6") })).toThrow("same scales");
  expect(() => complexCwt({ re, im: null } as never)).toThrow(TypeError);
});
