/** The emoji sets that Iconify publishes on npm as `@iconify-json/<name>` and that have colors and names in words. */
export const emojiSetNames = [
  "noto",
  "twemoji",
  "openmoji",
  "fluent-emoji-flat",
  "emojione",
  "fxemoji",
] as const;

export type EmojiSetName = (typeof emojiSetNames)[number];

/** What is particular to a set. */
export interface EmojiSet {
  /** The release that is fetched: with it the pictures are the same at all times. */
  readonly version: string;
  /** How the names are made: `red-apple`, or `redapple`, whose words are looked up among the names of `noto`. */
  readonly names: "hyphens" | "joined";
}

/** Every set by its name. */
export const emojiSets: { readonly [Name in EmojiSetName]: EmojiSet } = {
  noto: { version: "1.2.9", names: "hyphens" },
  twemoji: { version: "1.2.5", names: "hyphens" },
  openmoji: { version: "1.2.29", names: "hyphens" },
  "fluent-emoji-flat": { version: "1.2.6", names: "hyphens" },
  emojione: { version: "1.2.3", names: "hyphens" },
  fxemoji: { version: "1.2.2", names: "joined" },
};

/** The set whose names have the words of the `joined` ones. */
export const wordsFrom: EmojiSetName = "noto";
