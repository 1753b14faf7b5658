import { describe, expect, it } from "vitest";
import { type IconPackage, parseIconPackage, svgOf } from "./iconify.ts";

const info = JSON.stringify({
  name: "Some Emoji",
  author: { name: "Some One" },
  license: { title: "MIT", url: "https://example.org/license" },
});

const parse = (icons: object, chars?: object, files: Partial<IconPackage> = {}) =>
  parseIconPackage(
    { icons: JSON.stringify(icons), info, chars: chars && JSON.stringify(chars), ...files },
    "@iconify-json/some",
  );

describe("parseIconPackage", () => {
  it("gives every picture its view: its own, else the set's, else 16×16", () => {
    const icons = { a: { body: "A" }, b: { body: "B", width: 10, left: -3 } };
    expect(parse({ icons, height: 32 }).icons).toEqual([
      { name: "a", body: "A", left: 0, top: 0, width: 16, height: 32 },
      { name: "b", body: "B", left: -3, top: 0, width: 10, height: 32 },
    ]);
  });

  it("leaves out what is hidden, and what would be black because its styles are missing", () => {
    const icons = {
      shown: { body: "<style>.a{}</style><path class='a'/>" },
      old: { body: "A", hidden: true },
      black: { body: '<path d="" class="st0"/>' },
    };
    expect(parse({ icons }).icons.map(({ name }) => name)).toEqual(["shown"]);
  });

  it("tells by the characters which pictures are variants in a skin tone", () => {
    const chars = { "1f44b": "wave", "1f44b-1f3fb": "wave-light", "1f3fb": "light-tone" };
    expect([...parse({ icons: { a: { body: "A" } } }, chars).toned]).toEqual(["wave-light"]);
  });

  it("tells name, maker and license", () => {
    expect(parse({ icons: { a: { body: "A" } } })).toMatchObject({
      title: "Some Emoji",
      author: "Some One",
      license: { title: "MIT", url: "https://example.org/license" },
    });
  });

  it("says what it cannot read", () => {
    const sentence = "@iconify-json/some is not an Iconify package that can be read";
    expect(() => parse({})).toThrow(`${sentence}: it has no pictures`);
    expect(() => parse({ icons: { a: {} } })).toThrow(`${sentence}: the picture a has no body`);
    expect(() => parse({}, undefined, { icons: "{" })).toThrow(
      `${sentence}: one of its files is not JSON`,
    );
  });
});

describe("svgOf", () => {
  it("is a square of the size asked for, showing the picture's view", () => {
    const icon = { name: "a", body: "<g/>", left: 1, top: 2, width: 30, height: 40 };
    expect(svgOf(icon, 64)).toMatch(/ width="64" height="64" viewBox="1 2 30 40"><g\/><\/svg>$/);
  });
});
