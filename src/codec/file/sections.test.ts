import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkBytes,
  fileOverhead,
  isOfSections,
  readSections,
  sectionOverhead,
  writeSections,
} from "./sections.ts";

const anySection = fc.record({
  type: fc.constantFrom(..."ABCPYZabceiz"),
  content: fc.uint8Array({ maxLength: 300 }),
});
const anySections = fc.array(anySection, { maxLength: 5 });

describe("a file of sections", () => {
  test("gives back their types and contents in order", () => {
    fc.assert(
      fc.property(anySections, (sections) => {
        const file = writeSections(sections);
        expect(isOfSections(file)).toBe(true);
        expect(readSections(file, "file")).toEqual(
          sections.map((section) => ({ ...section, missingBytes: 0 })),
        );
      }),
    );
  });

  test.each([0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152])(
    "has of %d bytes of content as many more as it says",
    (length) => {
      const content = new Uint8Array(length).fill(7);
      const file = writeSections([{ type: "C", content }]);
      expect(file).toHaveLength(fileOverhead + sectionOverhead(length) + length);
      expect(readSections(file, "file")[0]?.content.length).toBe(length);
    },
  );

  test("says of each beginning which section is cut short, and by how much", () => {
    fc.assert(
      fc.property(anySections, fc.nat(), (sections, at) => {
        const file = writeSections(sections);
        const length = fileOverhead + (at % (file.length - fileOverhead + 1));
        const found = readSections(file.subarray(0, length), "file");
        const expected = [];
        let start = fileOverhead;
        for (const { type, content } of sections) {
          if (start >= length) break;
          const overhead = sectionOverhead(content.length);
          const from = start + overhead - checkBytes;
          const end = start + overhead + content.length;
          // Where the length is missing, it is one byte at least, and no content is known of.
          if (length < from)
            expected.push({ type, content: new Uint8Array(0), missingBytes: 1 + checkBytes });
          else {
            const missingBytes = Math.max(end - length, 0);
            expected.push({ type, content: content.subarray(0, length - from), missingBytes });
          }
          start = end;
        }
        expect(found).toEqual(expected);
      }),
    );
  });

  test("tells damage of any bit", () => {
    const file = writeSections([
      { type: "P", content: Uint8Array.of(1, 2, 3) },
      { type: "x", content: new Uint8Array(200).fill(9) },
    ]);
    for (let i = 8 * fileOverhead; i < 8 * file.length; i++) {
      const damaged = file.slice();
      damaged[i >> 3]! ^= 1 << (i & 7);
      let sections: readonly { readonly missingBytes: number }[] = [];
      try {
        sections = readSections(damaged, "file");
      } catch (error) {
        expect(error).toMatchObject({ code: "damaged-file" });
        continue;
      }
      // A longer length than there are bytes looks like a file that was cut short.
      const last = sections.at(-1);
      if (sections.length === 2 && last?.missingBytes === 0) expect(i).toBe("noticed");
    }
  });

  test.each([
    ["a section of no letter", [0x31, 0], "at byte 5 no section begins"],
    ["an endless length", [0x61, 255, 255, 255, 255, 255, 255, 255, 1], "is too long"],
  ])("with %s is damaged", (_, rest, message) => {
    const file = Uint8Array.of(0x4f, 0x4e, 0x44, 0x4c, 4, ...rest);
    expect(() => readSections(file, "photo.ondl")).toThrow(/^photo\.ondl is damaged: /);
    expect(() => readSections(file, "photo.ondl")).toThrow(message);
  });

  test("is recognized by its first five bytes", () => {
    expect(isOfSections(Uint8Array.of(0x4f, 0x4e, 0x44, 0x4c, 4))).toBe(true);
    expect(isOfSections(Uint8Array.of(0x4f, 0x4e, 0x44, 0x4c, 3))).toBe(false);
    expect(isOfSections(Uint8Array.of(0x4f, 0x4e, 0x44, 0x4c))).toBe(false);
    expect(isOfSections(new Uint8Array(0))).toBe(false);
  });
});
