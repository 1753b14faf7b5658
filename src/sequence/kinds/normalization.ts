export const normalizations = ["NFC", "NFD", "NFKC", "NFKD"] as const;

/** A Unicode normalization form. */
export type Normalization = (typeof normalizations)[number];
