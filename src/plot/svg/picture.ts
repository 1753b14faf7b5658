import { textPath } from "../../data/draw/svgText.ts";

/** Where a picture's text stands, from its top. */
const titleTop = 14;

/**
 * Colors by the light that the reader prefers. The names are long, because a style in an SVG picture holds for the whole page around
 * it.
 */
const style =
  ".ondelette-paper{fill:#fff}.ondelette-ink{stroke:#333}.ondelette-grid{stroke:#e4e4e4}" +
  ".ondelette-first{stroke:#0072b2}.ondelette-second{stroke:#d55e00}" +
  "@media (prefers-color-scheme:dark){.ondelette-paper{fill:#16181d}.ondelette-ink{stroke:#ddd}" +
  ".ondelette-grid{stroke:#3a3d44}.ondelette-first{stroke:#56b4e9}.ondelette-second{stroke:#f08a3c}}";

/** Classes of what is drawn. */
export const classes = {
  paper: "ondelette-paper",
  ink: "ondelette-ink",
  grid: "ondelette-grid",
  first: "ondelette-first",
  second: "ondelette-second",
} as const;

/** What a picture says and how large it is. */
export interface PictureHead {
  /** Stands above the picture, and is what a screen reader says first. */
  readonly title: string;
  /** What a screen reader says of what is seen. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
}

/**
 * An SVG picture with its title, on paper that is white, or dark where the reader prefers it. Its text is drawn as strokes, so that it
 * looks the same on every machine.
 */
export function picture(
  { title, description, width, height }: PictureHead,
  body: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(description)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="${classes.paper}" width="${width}" height="${height}"/>`,
    '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
    ...body,
    inked(textPath(title, [width / 2, titleTop], "middle", 13)),
    "</g></svg>",
  ].join("\n");
}

/** Lines and text in the color of ink. */
export const inked = (...parts: readonly string[]): string =>
  `<g class="${classes.ink}" stroke-width="1.1">${parts.join("")}</g>`;

/** Text of XML without its marks, and without the characters that XML does not allow. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows none of them
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
