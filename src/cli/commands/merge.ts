import { statInput } from "../../data/files/statInput.ts";
import { UserError } from "../../errors/userError.ts";
import { type PartFile, scanPartFile } from "../../jobs/partFile.ts";
import { partsIn } from "../../jobs/parts.ts";
import { type Command, type CommandTable, defineCommand } from "../parser/command.ts";
import { parseWords } from "../parser/parse.ts";

/** `ondelette merge`: makes the result of shards that were computed with `--shard`. */
export const mergeOf = (table: CommandTable): Command =>
  defineCommand({
    about:
      "Puts shards together that commands computed with --shard, perhaps on several machines, and prints and writes what " +
      "the command would without it: the same bits. Call it where the paths of that command line, with its data and runs, mean the same.",
    positionals: { parts: { several: "folders that hold shards, or files of shards (.shard)" } },
    options: {},
    examples: [
      "ondelette merge encoded.shards",
      "ondelette merge 1-of-2.shard copied/2-of-2.shard --json",
    ],
    async run({ parts }, io) {
      const files: PartFile[] = [];
      for (const path of parts) {
        if (!(await statInput(path)).isDirectory()) files.push(await scanPartFile(path));
        else {
          const found = await partsIn(path);
          if (found.length === 0)
            throw new UserError(`${path} holds no shards (.shard)`, "not-found");
          files.push(...found);
        }
      }
      const { words } = files[0]!.head; // every path gave one or more
      const name = [words.slice(0, 2).join(" "), words[0] ?? ""].find((key) =>
        Object.hasOwn(table, key),
      );
      const command = await table[name ?? ""]?.load();
      if (name === undefined || !command || !("shard" in command.options)) {
        const { path } = files[0]!;
        throw new UserError(`${path} is a share of ${words[0]} …, which is no command here`);
      }
      const { args } = await parseWords(command, words.slice(name.split(" ").length));
      return command.run(args, { ...io, process: { ...io.process, words, merging: files } });
    },
  });
