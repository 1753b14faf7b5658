import type { RgbaPicture } from "../image/file/rgba.ts";

/** Lengths in CSS pixels that the element's attributes give. */
export interface SizeHints {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** What an element shows: a canvas, or its alternative text. */
export interface View {
  readonly canvas: HTMLCanvasElement;
  /** Says in words what the picture shows; null where nobody said it, and "" of an ornament. */
  describe(alt: string | null): void;
  /** Lays the element out by its attributes, and by the size of its picture as soon as that is known. */
  lay(hints: SizeHints): void;
  /** Makes place for a picture, with nothing on it. */
  resize(width: number, height: number): void;
  draw(picture: RgbaPicture): void;
  /** Shows the alternative text instead of a picture, or the canvas. */
  showText(isText: boolean): void;
}

const style = `
  :host { display: inline-block; }
  :host([hidden]) { display: none; }
  canvas { display: block; inline-size: 100%; block-size: 100%; object-fit: inherit; object-position: inherit; }
  [hidden] { display: none; }`;

/** Fills the shadow of an element. */
export function viewIn(root: ShadowRoot): View {
  const { ownerDocument } = root;
  const canvas = ownerDocument.createElement("canvas");
  const text = ownerDocument.createElement("span");
  canvas.part = "canvas";
  text.part = "alt";
  [canvas.width, canvas.height] = [0, 0];
  text.hidden = true;
  root.append(canvas, text);
  // A policy of the page can forbid styles in elements, and not these.
  const [fixed, laid] = [new CSSStyleSheet(), new CSSStyleSheet()];
  fixed.replaceSync(style);
  root.adoptedStyleSheets = [fixed, laid];
  let hints: SizeHints = { width: undefined, height: undefined };

  function lay(): void {
    const width = canvas.width || hints.width;
    const height = canvas.height || hints.height;
    laid.replaceSync(`:host {
      ${hints.width === undefined ? "" : `width: ${hints.width}px;`}
      ${hints.height === undefined ? "" : `height: ${hints.height}px;`}
      ${width && height ? `aspect-ratio: ${width} / ${height};` : ""}
    }`);
  }
  return {
    canvas,
    describe(alt) {
      canvas.role = alt === "" ? "presentation" : "img";
      canvas.ariaLabel = alt || null;
      text.textContent = alt;
    },
    lay(next) {
      hints = next;
      lay();
    },
    resize(width, height) {
      [canvas.width, canvas.height] = [width, height];
      lay();
    },
    draw({ data, width, height }) {
      canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
    },
    showText(isText) {
      canvas.hidden = isText;
      text.hidden = !isText;
    },
  };
}
