import { describe, expect, it } from "vitest";
import { strokeText } from "./strokeFont.ts";

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const box = JSON.stringify(strokeText("\u0000", 12).strokes);

describe("strokeText", () => {
  it("has a glyph for every letter, digit and common sign, all within their room", () => {
    for (const character of printable) {
      if ("$&@\\^`{}~".includes(character)) continue;
      const { strokes, width } = strokeText(character, 12);
      expect(JSON.stringify(strokes), character).not.toBe(box);
      for (const [x, y] of strokes.flat()) {
        expect(Number.isFinite(x + y), character).toBe(true);
        expect(x >= -1 && x <= width + 1 && y >= -1 && y <= 16.5, character).toBe(true);
      }
    }
  });

  it("shows a box for what it lacks", () => {
    expect(strokeText("é", 12).strokes).toHaveLength(1);
  });

  it("gives every digit the same room, and scales", () => {
    const widths = new Set([..."0123456789"].map((digit) => strokeText(digit, 12).width));
    expect(widths.size).toBe(1);
    expect(strokeText("wavelet", 24).width).toBeCloseTo(2 * strokeText("wavelet", 12).width);
  });
});
