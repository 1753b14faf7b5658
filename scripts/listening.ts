/**
 * Writes a section of a page with what a sequence model draws: the files of the first seeds, all of them, as `ondelette sequence
 * sample` writes them, with a spectrogram of sound and a piano roll of music; text stands in the page. Written again, a section
 * takes the place of the one of its name. All other options are those of `sequence sample`.
 *
 *   node scripts/listening.ts --run runs/voice --title Speech --seconds 3
 *   node scripts/listening.ts --run runs/piano --title Piano --prompt-file prelude.mid --prompt-seconds 5 --seconds 60
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { command as sample } from "../src/cli/commands/sequenceSample.ts";
import { defineCommand, type Io } from "../src/cli/parser/command.ts";
import { shellWord } from "../src/cli/shared/shellWord.ts";
import {
  encodePng,
  makeFolder,
  readMidi,
  readSound,
  writeFileAtomically,
} from "../src/data/index.ts";
import { UserError } from "../src/errors/index.ts";
import { fileTokens } from "../src/sequence/corpus/fileTokens.ts";
import { openSequence } from "../src/sequence/index.ts";
import { beginning } from "../src/sequence/lasting.ts";
import type { SequenceRun } from "../src/sequence/run.ts";
import { runFiles } from "../src/train/run/runFolder.ts";
import { withSection } from "./listening/page.ts";
import { pianoRoll } from "./listening/pianoRoll.ts";
import { spectrogramPicture } from "./listening/spectrogramPicture.ts";
import { runScript } from "./runScript.ts";

const { out: _, seed: __, ...sampleOptions } = sample.options;

/** Bytes of all files beside a page, at most: they stay in the repository's history forever. */
const largest = 1e6;

const command = defineCommand({
  options: {
    ...sampleOptions,
    name: {
      type: "string",
      placeholder: "NAME",
      otherwise: "the last part of RUN",
      help: "what the files and the section are called",
    },
    title: { type: "string", placeholder: "TEXT", required: true, help: "heading of the section" },
    seeds: { type: "integer", min: 1, max: 20, default: 3, help: "samples, of seeds 1, 2, …" },
    page: {
      type: "string",
      placeholder: "FILE",
      default: "docs/listening.md",
      help: "the page; its files stand in a folder of its name",
    },
  },
  examples: ["scripts/listening.ts --run runs/voice --title Speech --seconds 3"],
  async run({ name: given, title, seeds, page, ...args }, io) {
    const name = given ?? basename(args.run);
    if (!/^[a-z0-9-]+$/i.test(name)) {
      throw new UserError(`a section cannot be called "${name}": letters, digits and hyphens can`);
    }
    const folder = page.replace(/\.md$/, "");
    await makeFolder(folder);
    const run = await openSequence(args.run);
    const { kind } = run;
    const promptSeconds = await secondsOfPrompt(run, args, io);
    const drawn: string[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const file = join(folder, `${name}-${seed}${kind.ending}`);
      const notes: string[] = [];
      const log = (line: string) => void notes.push(line);
      const { tokens, lasts } = await sample.run({ ...args, out: file, seed }, { ...io, log });
      const said = notes.map((line) => `; ${line}`).join("");
      const link = relative(dirname(page), file);
      const much = typeof lasts === "number" ? `${lasts.toFixed(1)} s` : `${tokens} ${kind.unit}s`;
      drawn.push(`**Seed ${seed}**: [${basename(file)}](${link}), ${much}${said}.`);
      const picture = await pictureOf(file, promptSeconds);
      drawn.push(
        picture === undefined
          ? `\`\`\`\`text\n${(await readFile(file, "utf8")).trimEnd()}\n\`\`\`\``
          : `![${title}, seed ${seed}](${relative(dirname(page), picture)})`,
      );
    }
    const words = process.argv.slice(2).map(shellWord).join(" ");
    const section = [
      `## ${title}`,
      await factsOf(run, args.run),
      `\`\`\`sh\nnode scripts/listening.ts ${words}\n\`\`\``,
      ...drawn,
    ].join("\n\n");
    const old = await readFile(page, "utf8").catch(() => undefined);
    await writeFileAtomically(page, new TextEncoder().encode(withSection(old, name, section)));
    const bytes = await bytesOf(folder);
    io.print(`${page}: ${seeds} samples of ${args.run}; ${folder} has ${bytes} bytes`);
    if (bytes > largest) io.log(`${folder} has more than ${largest} bytes`);
    return { page, folder, bytes };
  },
});

/** The seconds that a sample begins with before the model draws; 0 of text, and where it begins by itself. */
async function secondsOfPrompt(
  { kind }: SequenceRun,
  {
    promptFile,
    promptSeconds,
  }: Pick<Parameters<typeof sample.run>[0], "promptFile" | "promptSeconds">,
  io: Io,
): Promise<number> {
  if (promptFile === undefined) return 0;
  const tokens = await fileTokens(kind, promptFile, io.log);
  const used = promptSeconds === undefined ? tokens : beginning(kind, tokens, promptSeconds);
  return kind.extent(used).seconds ?? 0;
}

/** Draws a sample of sound or music beside its file; gives the picture's path, or nothing of text. */
async function pictureOf(file: string, promptSeconds: number): Promise<string | undefined> {
  if (file.endsWith(".wav")) {
    const picture = await spectrogramPicture(await readSound(file), promptSeconds);
    const path = file.replace(/\.wav$/, ".png");
    await writeFileAtomically(path, encodePng(picture));
    return path;
  }
  if (file.endsWith(".mid")) {
    const notes = await readMidi(file);
    const seconds = notes.reduce((last, { end }) => Math.max(last, end), promptSeconds || 1);
    const path = file.replace(/\.mid$/, ".svg");
    await writeFileAtomically(
      path,
      new TextEncoder().encode(pianoRoll(notes, seconds, promptSeconds)),
    );
    return path;
  }
  return undefined;
}

/** What model this is: a sentence. */
async function factsOf({ config, kind, layout }: SequenceRun, folder: string): Promise<string> {
  const { options, data, symbols } = config;
  const result = JSON.parse(await readFile(runFiles(folder).result, "utf8").catch(() => "{}"));
  const nats: unknown = result?.validation?.nats;
  const loss =
    typeof nats === "number" ? `, ${nats.toFixed(3)} nats per ${kind.unit} in validation` : "";
  const steps = typeof result?.step === "number" ? `, ${result.step} steps` : "";
  return `${layout.size.toLocaleString("en-US")} parameters (${options.layers} ${options.layers === 1 ? "layer" : "layers"} of ${options.width}, mixing \`${options.mixing}\`, ${symbols} symbols), a window of ${options.context} ${kind.unit}s, trained on ${data.tokens.toLocaleString("en-US")} ${kind.unit}s of \`${basename(data.path)}\`${steps}${loss}.`;
}

async function bytesOf(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder)) sum += (await stat(join(folder, name))).size;
  return sum;
}

await runScript("scripts/listening.ts", "a page of what sequence models draw", command);
