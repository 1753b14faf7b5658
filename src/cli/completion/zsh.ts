import type {
  Completable,
  CompletableCommand,
  CompletableOption,
  CompletableWord,
} from "./completable.ts";

/** A zsh function that completes commands, options and their values, with explanations. */
export function zshCompletion({ commands, first, second }: Completable): string {
  const alone = commands.filter(({ words }) => words.length === 1);
  const groups = [...second].map(([one, words]) => {
    const own = commands.filter((command) => command.words.length > 1 && command.words[0] === one);
    return `    ${one})
      if (( CURRENT == 3 )); then
        found=(${described(words)})
        _describe command found
        return
      fi
      case "\${words[3]}" in
${own.map((command) => caseOf(command, "        ")).join("\n")}
      esac
      ;;`;
  });
  return `#compdef ondelette
# zsh completion of ondelette. To load it: eval "$(ondelette completion zsh)"
_ondelette() {
  local -a found
  if [[ "\${words[2]}" == help ]] && (( CURRENT > 2 )); then
    shift words
    (( CURRENT -= 1 ))
  fi
  if (( CURRENT == 2 )); then
    found=(${described(first)})
    _describe command found
    return
  fi
  case "\${words[2]}" in
${[...groups, ...alone.map((command) => caseOf(command, "    "))].join("\n")}
  esac
}
if [[ "\${funcstack[1]}" == _ondelette ]]; then
  _ondelette "$@"
else
  compdef _ondelette ondelette
fi`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const described = (words: readonly CompletableWord[]): string =>
  words.map(({ word, summary }) => quoted(`${word}:${summary}`)).join(" ");

function caseOf({ words, options }: CompletableCommand, indent: string): string {
  const specs = [...options.map(specOf), "'*:file:_files'"];
  return [
    `${indent}${words.at(-1)})`,
    // _arguments expects the command's own word first.
    `${indent}  shift ${words.length} words`,
    `${indent}  (( CURRENT -= ${words.length} ))`,
    `${indent}  _arguments \\`,
    `${specs.map((spec) => `${indent}    ${spec}`).join(" \\\n")}`,
    `${indent}  ;;`,
  ].join("\n");
}

/** `'(-o --out)'{-o,--out=}'[file to write]:value:_files'`. */
function specOf({ flag, short, help, value, choices }: CompletableOption): string {
  const explanation = `[${help.replace(/[[\]:\\]/g, "\\$&")}]`;
  const action = { none: "", number: ":number: ", text: ":value:_files", choice: "" }[value];
  const words = value === "choice" ? `:value:(${choices.join(" ")})` : action;
  const long = value === "none" ? flag : `${flag}=`;
  return short === undefined
    ? quoted(`${long}${explanation}${words}`)
    : `'(${short} ${flag})'{${short},${long}}${quoted(`${explanation}${words}`)}`;
}
