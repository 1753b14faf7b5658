/** A number of bytes for people: `11594722` → `12 MB`, two digits at least where there are as many. */
export function sizeText(bytes: number): string {
  if (bytes < 100) return `${bytes} B`;
  const [value, unit] =
    bytes < 1e6
      ? [bytes / 1e3, "kB"]
      : bytes < 1e9
        ? [bytes / 1e6, "MB"]
        : bytes < 1e12
          ? [bytes / 1e9, "GB"]
          : [bytes / 1e12, "TB"];
  return `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
}
