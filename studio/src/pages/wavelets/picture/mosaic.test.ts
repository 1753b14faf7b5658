import { pack, wavedec2 } from "ondelette/wavelets";
import { describe, expect, test } from "vitest";
import { blockAt, mosaicOf } from "./mosaic.ts";

const image = (height: number, width: number) => ({
  height,
  width,
  data: Float64Array.from({ length: height * width }, (_, i) => Math.sin(i * i)),
});

test("is the layout of pack where bands tile", () => {
  const transform = wavedec2(image(32, 48), "db2", { levels: 3, mode: "periodization" });
  const packed = pack(transform);
  const mosaic = mosaicOf(
    transform.approximation,
    transform.details.map(({ hh }) => hh),
  );
  expect(mosaic).toMatchObject({ width: 48, height: 32 });
  for (const { band, level, x, y, width, height } of mosaic.blocks) {
    const own =
      band === "ll"
        ? transform.approximation
        : transform.details[transform.details.length - level]![band];
    expect([own.width, own.height]).toEqual([width, height]);
    expect(packed.data[(y + height - 1) * 48 + x + width - 1]).toBe(own.data.at(-1));
  }
});

describe("where bands are larger than half", () => {
  const transform = wavedec2(image(20, 31), "db5", { levels: 2, mode: "symmetric" });
  const mosaic = mosaicOf(
    transform.approximation,
    transform.details.map(({ hh }) => hh),
  );

  test("no two bands overlap, and all lie inside", () => {
    const owner = new Map<number, string>();
    for (const { band, level, x, y, width, height } of mosaic.blocks)
      for (let row = y; row < y + height; row++)
        for (let column = x; column < x + width; column++) {
          expect(column).toBeLessThan(mosaic.width);
          expect(row).toBeLessThan(mosaic.height);
          const at = row * mosaic.width + column;
          expect(owner.has(at)).toBe(false);
          owner.set(at, `${band}${level}`);
        }
  });

  test("a position has the block that covers it", () => {
    for (const block of mosaic.blocks) {
      expect(blockAt(mosaic, block.x, block.y)).toBe(block);
      expect(blockAt(mosaic, block.x + block.width - 1, block.y + block.height - 1)).toBe(block);
    }
    expect(blockAt(mosaic, mosaic.width, 0)).toBeUndefined();
  });
});
