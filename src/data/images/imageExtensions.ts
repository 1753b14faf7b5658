/** Endings of the names of files that are taken for pictures in a folder, with their dots, lower case. */
export const imageExtensions: ReadonlySet<string> = new Set(
  ".png .jpg .jpeg .webp .gif .tif .tiff .avif".split(" "),
);
