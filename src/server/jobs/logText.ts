/** What a process wrote, of which the end is kept. */
export interface LogText {
  add(text: string): void;
  /** Characters in all, those included that were forgotten. */
  readonly written: number;
  readonly text: string;
  /** The last line that is not empty. */
  readonly lastLine: string;
}

/** A log that keeps at least `most` and at most twice as many characters, from the beginning of a line. */
export function createLogText(most = 100_000): LogText {
  let text = "";
  let written = 0;
  return {
    add(more) {
      written += more.length;
      text += more;
      if (text.length <= 2 * most) return;
      const cut = text.slice(-most);
      text = cut.slice(cut.indexOf("\n") + 1);
    },
    get written() {
      return written;
    },
    get text() {
      return text;
    },
    get lastLine() {
      return text.trimEnd().split("\n").at(-1)?.trim() ?? "";
    },
  };
}
