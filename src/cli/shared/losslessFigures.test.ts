import { expect, test } from "vitest";
import { losslessLine } from "./losslessFigures.ts";

test("the figures in a line name JPEG XL where it is there, else PNG and WebP, else nothing", () => {
  const figures = { model: 1.234, staticCoder: 1.7 };
  const rivals = { png: 1.86, webp: 1.71 };
  expect(losslessLine({ ...figures, rivals: { ...rivals, jxl: 1.5 } })).toBe(
    "1.23 bits/dim; a sheet of them as JPEG XL 1.50",
  );
  expect(losslessLine({ ...figures, rivals })).toBe(
    "1.23 bits/dim; a sheet of them as PNG 1.86, WebP 1.71",
  );
  expect(losslessLine(figures)).toBe("1.23 bits/dim");
});
