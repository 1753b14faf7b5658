/** The beginning of a new page. */
const beginning = `# Listening

What sequence models draw: sound with spectrograms, music with piano rolls, text. Of every model all samples of the first seeds
are here; none was chosen. Each section is written by the command that stands in it.
`;

/** Marks the ends of a section; a name is made of letters, digits and hyphens. */
const mark = (name: string, end: "" | "/"): string => `<!-- ${end}${name} -->`;

/**
 * A page with a section in place of the one of the same name, or at its end where it has none; `undefined` is a page that is not yet
 * there. All else stays as it is.
 */
export function withSection(page: string | undefined, name: string, section: string): string {
  const old = page ?? beginning;
  const [open, close] = [mark(name, ""), mark(name, "/")];
  const whole = `${open}\n\n${section.trim()}\n\n${close}`;
  const from = old.indexOf(open);
  const to = old.indexOf(close);
  if (from === -1 || to < from) return `${old.trimEnd()}\n\n${whole}\n`;
  return old.slice(0, from) + whole + old.slice(to + close.length);
}
