import { expect, test } from "vitest";
import { readPnm, writePnm } from "./pnm.ts";

const data = Uint8Array.of(10, 35, 32, 0, 255, 48);

test("pictures come back from PGM and PPM", () => {
  for (const raster of [
    { width: 2, height: 1, channels: 3, data },
    { width: 2, height: 3, channels: 1, data },
  ] as const) {
    const back = readPnm(writePnm(raster));
    expect({ ...back, data: [...back.data] }).toEqual({ ...raster, data: [...data] });
  }
});

test("comments in the header are skipped", () => {
  const file = Buffer.concat([Buffer.from("P5\n# by a program 9 9\n3 2\n255\n"), data]);
  expect(readPnm(file)).toMatchObject({ width: 3, height: 2, channels: 1 });
});

test("anything else is refused", () => {
  expect(() => readPnm(data)).toThrow("no PGM or PPM");
  expect(() => readPnm(Buffer.from("P5\n3 2\n65535\n"))).toThrow("of eight bits");
  expect(() => readPnm(Buffer.from("P5\n3 2\n255\nabc"))).toThrow("has 3 samples");
});
