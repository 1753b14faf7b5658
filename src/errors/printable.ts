/** Control characters (but not line feeds and tabs), and marks that turn the direction of text. */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to find.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that is safe to print: control characters, which a terminal would obey, are written as `\x1b` or `\u202e`. Names that
 * come from files go through this before a person sees them.
 *
 * @example
 * printable("\u001b[2J"); // "\\x1b[2J"
 */
export function printable(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
