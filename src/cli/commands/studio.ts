import { realpath } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { statInput } from "../../data/files/statInput.ts";
import { UserError } from "../../errors/userError.ts";
import { startServer } from "../../server/startServer.ts";
import { type Command, type CommandTable, defineCommand } from "../parser/command.ts";
import { openBrowser } from "../shared/openBrowser.ts";
import { openRunCommands } from "../shared/runCommands.ts";

/** The first of the ports that are tried, where none is given, and how many. */
const usualPort = 4733;
const tries = 20;
const usualFolder = "runs";

/** `ondelette studio`: the studio in a browser, beside a folder of runs. */
export const studioOf = (table: CommandTable): Command =>
  defineCommand({
    about:
      "Serves the studio on this machine alone (127.0.0.1): its pages, and the runs of a folder with curves, samples and logs, " +
      "as they are trained. Trainings can be started, stopped and resumed. Nothing is answered without the token in the " +
      "address that is printed, and to no other page or name. Ctrl-C ends it, and stops the trainings that were started there: " +
      "they save first, and can be resumed.",
    positionals: {
      folder: { optional: "folder of runs", otherwise: `${usualFolder}, which is made if needed` },
    },
    options: {
      port: {
        type: "integer",
        min: 0,
        max: 65_535,
        otherwise: `${usualPort}, or the next that is free`,
        help: "port to listen at; 0 is any that is free",
      },
      open: { type: "boolean", help: "also open the address in the browser" },
      data: {
        type: "string",
        several: true,
        placeholder: "PATH",
        otherwise: "the current folder and the folder of runs",
        help: "folder besides these whose data trainings may be started on; may be given several times",
      },
    },
    examples: ["ondelette studio", "ondelette studio runs --port 8080 --open"],
    async run({ folder, port, open, data = [] }, io) {
      const from = process.cwd();
      if (folder === undefined) await makeFolder(usualFolder);
      const root = await folderAt(folder ?? usualFolder);
      const places = [from, root, ...(await Promise.all(data.map(folderAt)))];
      await using server = await startServer({
        ...{ root, from, commands: await openRunCommands(table) },
        data: [...new Set(places)],
        program: [process.execPath, ...process.execArgv, mainFile()],
        ports: port !== undefined ? [port] : Array.from({ length: tries }, (_, i) => usualPort + i),
        failed: (error) => io.log(error instanceof Error ? `${error.stack}` : String(error)),
      });
      io.print(server.address);
      io.log(`serving ${folder ?? usualFolder}; press Ctrl-C to stop`);
      if (open) await openBrowser(server.address, io.log);
      await aborted(io.signal);
      return { folder: root, address: server.address };
    },
  });

/** A folder's path without links. */
async function folderAt(path: string): Promise<string> {
  if (!(await statInput(path)).isDirectory()) throw new UserError(`${path} is not a folder`);
  return realpath(resolve(path));
}

/** The program's first module, beside this one: `main.ts` in the sources, `main.js` in the package. */
function mainFile(): string {
  const here = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(`../main${extname(here)}`, import.meta.url));
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
