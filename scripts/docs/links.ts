/** A link to another file or place of the repository, in Markdown or HTML. */
export interface RelativeLink {
  /** The file, relative to the page's folder; empty for a place in the page itself. */
  readonly path: string;
  /** The place in the file, without its `#`; empty for the whole file. */
  readonly anchor: string;
}

/** The links of a Markdown page to files and places, those in code left out. */
export function relativeLinks(markdown: string): RelativeLink[] {
  const text = withoutCode(markdown);
  const inline = Array.from(
    text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g),
    ([, link = ""]) => link,
  );
  const reference = Array.from(text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm), ([, link = ""]) => link);
  const html = Array.from(text.matchAll(/\b(?:src|href)="([^"]+)"/g), ([, link = ""]) => link);
  return toRelative([...inline, ...reference, ...html]);
}

/** The links of an HTML page to files and places. */
export function htmlLinks(html: string): RelativeLink[] {
  const links = Array.from(
    html.matchAll(/<[^>]+?\s(?:src|href)="([^"]*)"/g),
    ([, link = ""]) => link,
  );
  return toRelative(links.map((link) => link.replaceAll("&amp;", "&")));
}

/** The places of a Markdown page that links can name, as GitHub makes them from headings. */
export function markdownAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  const headings = withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  for (const [, heading = ""] of headings) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/<[^>]+>/g, "");
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
      .replaceAll(" ", "-");
    // The second heading of the same words ends in -1.
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  for (const id of htmlAnchors(markdown)) anchors.add(id);
  return anchors;
}

/** The places of an HTML page that links can name. */
export function htmlAnchors(html: string): Set<string> {
  return new Set(Array.from(html.matchAll(/\s(?:id|name)="([^"]+)"/g), ([, id = ""]) => id));
}

function toRelative(links: readonly string[]): RelativeLink[] {
  return links
    .filter((link) => link !== "" && !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(link))
    .map((link) => {
      const [path = "", anchor = ""] = link.split("#");
      return { path: decodeURI(path.split("?")[0] ?? ""), anchor: decodeURIComponent(anchor) };
    });
}

const withoutFences = (markdown: string) => markdown.replace(/^(```+|~~~+).*?^\1\s*$/gms, "");
const withoutCode = (markdown: string) => withoutFences(markdown).replace(/`[^`\n]*`/g, "");
