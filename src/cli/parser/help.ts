import type { Command, CommandTable } from "./command.ts";
import { commonOptions, flagOf, type Option, type Options, type Positionals } from "./options.ts";
import { commandLine, paragraph, type Row, twoColumns } from "./wrap.ts";

const program = "ondelette";

/** Lines longer than this are hard to read: a wider terminal is not filled. */
const widest = 100;

/** What `ondelette --help` says about the whole program. */
export interface TableHelp {
  readonly table: CommandTable;
  /** Headings of the commands that share a first word, by that word. */
  readonly topics: Readonly<Record<string, string>>;
}

/**
 * What `ondelette --help` prints: all commands under the headings of their topics. With `prefix` "image", those of
 * `ondelette image --help`.
 *
 * @param columns characters of a line
 */
export function tableHelp({ table, topics }: TableHelp, columns: number, prefix = ""): string {
  const width = Math.min(columns, widest);
  const groups = new Map<string, Row[]>();
  for (const [name, { summary }] of Object.entries(table)) {
    if (prefix !== "" && !name.startsWith(`${prefix} `)) continue;
    const [first = ""] = name.split(" ");
    const title = name === first ? general : (topics[first] ?? capitalized(first));
    groups.set(title, [...(groups.get(title) ?? []), [name, summary]]);
  }
  // Commands of one word belong to no topic and come last.
  const last = groups.get(general);
  groups.delete(general);
  if (last) groups.set(general, last);
  const all = [...groups.values()].flat();
  const sections = [
    `Usage: ${program} ${prefix === "" ? "" : `${prefix} `}<command> [options]`,
    ...[...groups].map(([title, rows]) =>
      [...paragraph(title, width), ...twoColumns(rows, width, all)].join("\n"),
    ),
  ];
  const more =
    `\`${program} help <command>\` describes a command, \`${program} --version\` prints the version. ` +
    "Exit codes: 0 done; 1 a bug in ondelette; 2 a mistake that the message explains; 130 stopped before the end.";
  sections.push(paragraph(more, width).join("\n"));
  return sections.join("\n\n");
}

const general = "General";

/** What `ondelette <name> --help` prints: usage, options with their defaults, examples. */
export function commandHelp(
  name: string,
  summary: string,
  command: Command,
  columns: number,
): string {
  const width = Math.min(columns, widest);
  const positionals = Object.entries(command.positionals ?? {});
  const required = Object.entries(command.options).filter(
    ([, option]) => option.type !== "boolean" && option.required,
  );
  const usage = [
    `Usage: ${program} ${name}`,
    ...positionals.map(([word, help]) => shownWord(word, help)),
    ...required.map(([key, option]) => `${shortest(key, option)} ${placeholder(option)}`),
    "[options]",
  ].join(" ");
  const sections = [
    paragraph(usage, width),
    paragraph(`${capitalized(summary)}.`, width),
    ...(command.about === undefined ? [] : [paragraph(command.about, width)]),
  ];
  if (positionals.length > 0) {
    const rows = positionals.map(([word, help]): Row => {
      if (typeof help === "string") return [word, help];
      if ("several" in help) return [word, help.several];
      return [word, `${help.optional} (default: ${help.otherwise})`];
    });
    sections.push(["Arguments", ...twoColumns(rows, width)]);
  }
  sections.push(...optionSections({ ...command.options, ...commonOptions }, width));
  const title = command.examples.length > 1 ? "Examples" : "Example";
  sections.push([title, ...command.examples.flatMap((line) => commandLine(line, width))]);
  return sections.map((lines) => lines.join("\n")).join("\n\n");
}

/** A positional in the usage line. */
function shownWord(word: string, help: Positionals[string]): string {
  if (typeof help === "string") return `<${word}>`;
  return "several" in help ? `<${word}>…` : `[${word}]`;
}

/** A section for each group of options, in the order of their first option. */
function optionSections(options: Options, width: number): string[][] {
  const groups = new Map<string, Row[]>();
  for (const [key, option] of Object.entries(options)) {
    const title = option.group ?? "Options";
    groups.set(title, [...(groups.get(title) ?? []), optionRow(key, option)]);
  }
  const all = [...groups.values()].flat();
  return [...groups].map(([title, rows]) => [title, ...twoColumns(rows, width, all)]);
}

function optionRow(key: string, option: Option): Row {
  const short = option.short === undefined ? "    " : `-${option.short}, `;
  return [
    `${short}${flagOf(key)} ${placeholder(option)}`.trimEnd(),
    `${option.help}${remark(option)}`,
  ];
}

function shortest(key: string, option: Option): string {
  return option.short === undefined ? flagOf(key) : `-${option.short}`;
}

function placeholder(option: Option): string {
  switch (option.type) {
    case "boolean":
      return "";
    case "string":
      return option.placeholder ?? "TEXT";
    case "choice":
      return option.placeholder ?? "NAME";
    case "number":
      return option.placeholder ?? "X";
    case "integer":
      return option.placeholder ?? "N";
  }
}

/** What follows the explanation in parentheses: the words of a choice, and what holds without the option. */
function remark(option: Option): string {
  if (option.type === "boolean") return "";
  const usual = option.default ?? option.otherwise;
  const parts = [
    ...(option.type === "choice" ? [option.choices.join(", ")] : []),
    ...(option.required ? ["required"] : []),
    ...(usual === undefined ? [] : [`default: ${usual}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
