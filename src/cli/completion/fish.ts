import type { Completable, CompletableOption } from "./completable.ts";

/** fish commands that complete commands, options and their values, with explanations. */
export function fishCompletion({ commands, first, second }: Completable): string {
  const next = (before: string, word: string, summary: string) =>
    `complete -c ondelette -f -n '__ondelette_typed ${before}' -a ${word} -d ${quoted(summary)}`;
  return [
    "# fish completion of ondelette. To load it: ondelette completion fish | source",
    helpers,
    ...first.map(({ word, summary }) => next("", word, summary)),
    ...[...second].flatMap(([one, words]) =>
      words.map(({ word, summary }) => next(one, word, summary)),
    ),
    ...commands.flatMap(({ words, options }) =>
      options.map((option) => {
        const condition = `-n '__ondelette_runs ${words.join(" ")}'`;
        return `complete -c ondelette ${condition} ${flagsOf(option)} -d ${quoted(option.help)}`;
      }),
    ),
  ].join("\n");
}

/** Conditions: exactly these words were typed, or the command line begins with them. */
const helpers = `function __ondelette_words
    set -l typed (commandline -opc)
    set -e typed[1]
    if test "$typed[1]" = help
        set -e typed[1]
    end
    string join \\n -- $typed
end
function __ondelette_typed
    set -l typed (__ondelette_words)
    test "$typed" = "$argv"
end
function __ondelette_runs
    set -l typed (__ondelette_words)
    set typed $typed[1..(count $argv)]
    test "$typed" = "$argv"
end`;

const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;

function flagsOf({ flag, short, value, choices }: CompletableOption): string {
  const names = `-l ${flag.slice(2)}${short === undefined ? "" : ` -s ${short.slice(1)}`}`;
  switch (value) {
    case "none":
      return names;
    case "choice":
      return `${names} -x -a ${quoted(choices.join(" "))}`;
    case "number":
      return `${names} -x`;
    case "text":
      return `${names} -r -F`;
  }
}
