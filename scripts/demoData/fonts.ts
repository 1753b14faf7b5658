/** A font family of the npm scope @fontsource, and the styles of it that are drawn. */
export interface Family {
  /** Package name without the scope. */
  readonly name: string;
  readonly version: string;
  /** `400` or `700-italic`, as in the package's file names. */
  readonly styles: readonly string[];
}

const family = (name: string, styles: string, version = "5.3.0"): Family => ({
  name,
  version,
  styles: styles.split(" "),
});

/**
 * Families whose digits are lining and readable, by part: none is in both, so that a model scored on the
 * test part has seen no style of it. Every kind (sans, serif, monospaced, handwriting, display) is in both.
 */
export const families: Readonly<Record<"train" | "test", readonly Family[]>> = {
  train: [
    family("roboto", "300 400 700 400-italic"),
    family("open-sans", "400 700"),
    family("lato", "300 400 700"),
    family("montserrat", "400 600"),
    family("nunito", "400 700"),
    family("work-sans", "400"),
    family("inter", "400 600"),
    family("source-sans-3", "400 600", "5.3.1"),
    family("pt-sans", "400 700 400-italic"),
    family("rubik", "400"),
    family("karla", "400 700"),
    family("quicksand", "400 600"),
    family("exo-2", "400"),
    family("barlow", "400"),
    family("archivo", "400"),
    family("mulish", "400"),
    family("varela-round", "400"),
    family("comfortaa", "400 600"),
    family("oswald", "400"),
    family("lora", "400 700"),
    family("noto-serif", "400 400-italic"),
    family("libre-baskerville", "400"),
    family("arvo", "400"),
    family("roboto-slab", "400"),
    family("eb-garamond", "400 600"),
    family("domine", "400"),
    family("crimson-pro", "400"),
    family("roboto-mono", "400"),
    family("source-code-pro", "400", "5.3.1"),
    family("courier-prime", "400"),
    family("caveat", "400 700"),
    family("patrick-hand", "400"),
    family("indie-flower", "400"),
    family("shadows-into-light", "400"),
    family("architects-daughter", "400"),
    family("gloria-hallelujah", "400"),
    family("neucha", "400"),
    family("schoolbell", "400"),
    family("gochi-hand", "400"),
    family("short-stack", "400"),
    family("itim", "400"),
    family("mali", "400 600"),
    family("sriracha", "400"),
    family("righteous", "400"),
    family("lobster", "400"),
    family("baloo-2", "400"),
  ],
  test: [
    family("fira-sans", "400 600"),
    family("poppins", "400"),
    family("cabin", "400 700"),
    family("titillium-web", "400"),
    family("josefin-sans", "400"),
    family("pt-serif", "400 700"),
    family("bitter", "400"),
    family("zilla-slab", "400"),
    family("ibm-plex-mono", "400"),
    family("space-mono", "400"),
    family("kalam", "400"),
    family("handlee", "400"),
    family("coming-soon", "400"),
    family("delius", "400"),
    family("fredoka", "400 600"),
  ],
};

/** Families whose zero has a dot or a slash; their zeros are left out. */
export const withoutZero: ReadonlySet<string> = new Set([
  "roboto-mono",
  "source-code-pro",
  "ibm-plex-mono",
  "space-mono",
]);
