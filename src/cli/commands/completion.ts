import { UserError } from "../../errors/userError.ts";
import { bashCompletion } from "../completion/bash.ts";
import { type Completable, completableOf } from "../completion/completable.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { type CommandTable, defineCommand } from "../parser/command.ts";

const scripts: Readonly<Record<string, (completable: Completable) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `ondelette completion`: prints a script with which a shell completes the commands of a table and their options. */
export const completionOf = (table: CommandTable, topics: Readonly<Record<string, string>>) =>
  defineCommand({
    about:
      "Prints a script with which the shell completes commands, options and their values. To load it whenever a shell " +
      "starts, put the line for your shell below into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish.",
    positionals: { shell: "bash, zsh or fish" },
    options: {},
    examples: [
      'eval "$(ondelette completion bash)"',
      'eval "$(ondelette completion zsh)"',
      "ondelette completion fish | source",
    ],
    async run({ shell }, io) {
      const make = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
      if (make === undefined) {
        throw new UserError(
          `there is no completion for “${shell}”; the shells are bash, zsh and fish`,
        );
      }
      const script = make(await completableOf(table, topics));
      io.print(script);
      return { shell, script };
    },
  });
