/** A word as a shell reads it: in quotes where it holds more than letters, digits and signs without a meaning. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
