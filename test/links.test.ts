import { expect, test } from "vitest";
import { htmlLinks, markdownAnchors, relativeLinks } from "../scripts/docs/links.ts";

test("links to files and places are found in Markdown, those in code and to other sites are not", () => {
  const page = [
    "See [a](docs/a.md#top), ![b](<b.png>), [c](https://c.org) and `[d](d.md)`.",
    "```md\n[e](e.md)\n```",
    '<img src="f.svg"> [g](#here)\n\n[h]: h.md "title"',
  ].join("\n");
  expect(relativeLinks(page)).toEqual([
    { path: "docs/a.md", anchor: "top" },
    { path: "b.png", anchor: "" },
    { path: "", anchor: "here" },
    { path: "h.md", anchor: "" },
    { path: "f.svg", anchor: "" },
  ]);
});

test("places of a Markdown page are its headings, numbered where they repeat, and its ids", () => {
  const page = '# The `wave` & *more*\n## Use\n## Use\n```sh\n# no heading\n```\n<a id="x"></a>';
  expect([...markdownAnchors(page)]).toEqual(["the-wave--more", "use", "use-1", "x"]);
});

test("links of HTML are those of attributes, unescaped", () => {
  expect(htmlLinks('<a class="k" href="../a.html?x=1&amp;y=2#z">a</a> href="no"')).toEqual([
    { path: "../a.html", anchor: "z" },
  ]);
});
