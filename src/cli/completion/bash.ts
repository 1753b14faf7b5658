import type { Completable, CompletableCommand, CompletableWord } from "./completable.ts";

/** A bash function that completes commands, options and the words of choices; everything else is a path. */
export function bashCompletion({ commands, first, second }: Completable): string {
  return `# bash completion of ondelette. To load it: eval "$(ondelette completion bash)"
_ondelette() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local -a typed=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
  [[ "\${typed[0]-}" == help ]] && typed=("\${typed[@]:1}")
  local options="" words=""
  COMPREPLY=()
  case "\${typed[0]-} \${typed[1]-}" in
    " ") words="${list(first)}"; options="--help --version" ;;
${[...second].map(([one, words]) => `    "${one} ") words="${list(words)}"; options="--help" ;;`).join("\n")}
${commands.map(caseOf).join("\n")}
  esac
  if [[ -n "$words" && "$current" != -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  fi
}
complete -o default -F _ondelette ondelette`;
}

const list = (words: readonly CompletableWord[]): string => words.map(({ word }) => word).join(" ");

function caseOf({ words, options }: CompletableCommand): string {
  const pattern = words.length > 1 ? `"${words.join(" ")}"` : `"${words[0]} "*`;
  const flags = options.flatMap(({ flag, short }) =>
    short === undefined ? [flag] : [short, flag],
  );
  const choices = options
    .filter(({ value }) => value === "choice")
    .map(({ flag, choices }) => `        ${flag}) words="${choices.join(" ")}" ;;`);
  return [
    `    ${pattern})`,
    `      options="${flags.join(" ")}"`,
    ...(choices.length === 0 ? [] : ['      case "$previous" in', ...choices, "      esac"]),
    "      ;;",
  ].join("\n");
}
