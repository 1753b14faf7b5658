import type { CommandTable } from "../commands.ts";
import type { Command } from "./command.ts";
import { commonOptions, flagOf, type Option, type Options } from "./options.ts";

const program = "ondelette";

/** What `ondelette --help` prints, or `ondelette image` with `prefix` "image". */
export function tableHelp(table: CommandTable, prefix = ""): string {
  const rows = Object.entries(table)
    .filter(([name]) => prefix === "" || name.startsWith(`${prefix} `))
    .map(([name, { summary }]): Row => [name, summary]);
  return [
    `Usage: ${program} ${prefix === "" ? "" : `${prefix} `}<command> [options]`,
    "",
    "Commands",
    ...columns(rows),
    "",
    `\`${program} <command> --help\` shows the options of one.`,
  ].join("\n");
}

/** What `ondelette <name> --help` prints: usage, options with their defaults, examples. */
export function commandHelp(name: string, summary: string, command: Command): string {
  const positionals = Object.entries(command.positionals ?? {});
  const required = Object.entries(command.options).filter(
    ([, option]) => option.type !== "boolean" && option.required,
  );
  const usage = [
    program,
    name,
    ...positionals.map(([word, help]) => `<${word}>${typeof help === "string" ? "" : "…"}`),
    ...required.map(([key, option]) => `${shortest(key, option)} ${placeholder(option)}`),
    "[options]",
  ].join(" ");
  const sections = [`Usage: ${usage}`, `${summary[0]!.toUpperCase()}${summary.slice(1)}.`];
  if (command.about !== undefined) sections.push(command.about);
  if (positionals.length > 0) {
    const rows = positionals.map(([word, help]): Row => {
      return [word, typeof help === "string" ? help : help.several];
    });
    sections.push(section("Arguments", columns(rows)));
  }
  const options: Options = { ...command.options, ...commonOptions };
  sections.push(section("Options", columns(Object.entries(options).map(optionRow))));
  const title = command.examples.length > 1 ? "Examples" : "Example";
  sections.push(
    section(
      title,
      command.examples.map((line) => `  ${line}`),
    ),
  );
  return sections.join("\n\n");
}

type Row = readonly [left: string, right: string];

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines].join("\n");
}

function columns(rows: readonly Row[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function optionRow([key, option]: [string, Option]): Row {
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
      return option.choices.join("|");
    case "number":
      return "X";
    case "integer":
      return "N";
  }
}

function remark(option: Option): string {
  if (option.type === "boolean") return "";
  if (option.required) return " (required)";
  return option.default === undefined ? "" : ` (default ${option.default})`;
}
