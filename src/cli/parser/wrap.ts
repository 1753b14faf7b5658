/**
 * Breaks text into lines of at most `width` characters: at spaces, and in a word longer than a line (a list of names) after
 * its commas. What cannot be broken stands alone on a line.
 *
 * @example
 * wrapText("a few words", 6); // ["a few", "words"]
 */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const pieces = word.length > width ? word.split(/(?<=,)/) : [word];
    for (const [i, piece] of pieces.entries()) {
      const gap = i === 0 && line !== "" ? " " : "";
      if (line === "" || line.length + gap.length + piece.length <= width) line += gap + piece;
      else {
        lines.push(line);
        line = piece;
      }
    }
  }
  return [...lines, line];
}

/** A name and its explanation. */
export type Row = readonly [name: string, explanation: string];

/** Names get a column of at most this width; longer ones stand on a line of their own. */
const widestName = 26;

/** The column never takes more than this share of a line. */
const widestShare = 0.4;

/**
 * Rows in two columns: names, and explanations wrapped to what is left of `width` characters. Tables that stand below each
 * other align if `aligned` is the rows of all of them.
 */
export function twoColumns(rows: readonly Row[], width: number, aligned = rows): string[] {
  const most = Math.min(widestName, Math.floor(width * widestShare));
  const names = aligned.map(([name]) => name.length).filter((length) => length <= most);
  // Without a name that fits, explanations are indented alone.
  const column = Math.max(4, ...names);
  return rows.flatMap(([name, explanation]) => {
    const [first = "", ...rest] = wrapText(explanation, Math.max(10, width - column - 4));
    const indent = " ".repeat(column + 4);
    const beside = name.length <= column;
    return [
      beside ? `  ${name.padEnd(column)}  ${first}`.trimEnd() : `  ${name}`,
      ...(beside ? rest : [first, ...rest]).map((line) => `${indent}${line}`),
    ];
  });
}

/** A paragraph, indented. */
export function paragraph(text: string, width: number, indent = ""): string[] {
  return wrapText(text, width - indent.length).map((line) => `${indent}${line}`);
}

/**
 * A command line that can be copied to a shell: continued with `\` where it is longer than `width`, and broken before an
 * option rather than between an option and its value.
 */
export function commandLine(line: string, width: number, indent = "  "): string[] {
  // Quoted arguments stay whole.
  const words = line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? [];
  const pieces: string[] = [];
  for (const word of words) {
    const last = pieces.at(-1);
    const belongs = last !== undefined && /^-\S+$/.test(last) && !word.startsWith("-");
    if (belongs) pieces[pieces.length - 1] = `${last} ${word}`;
    else pieces.push(word);
  }
  const lines: string[] = [];
  let current = indent;
  for (const piece of pieces) {
    const blank = current.trim() === "";
    if (!blank && current.length + 1 + piece.length + 2 > width) {
      lines.push(`${current} \\`);
      current = `${indent}  ${piece}`;
    } else current += blank ? piece : ` ${piece}`;
  }
  return [...lines, current];
}
