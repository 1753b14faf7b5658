import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { encodePng } from "../../data/formats/png.ts";
import { loadSharp } from "../../data/images/loadSharp.ts";
import { UserError } from "../../errors/userError.ts";
import { heldOutPairs } from "./heldOut.ts";
import { type Icon, type IconSet, parseIconPackage, svgOf } from "./iconify.ts";
import { type NpmOptions, readNpmPackage } from "./npmPackage.ts";
import { type EmojiSetName, emojiSetNames, emojiSets, wordsFrom } from "./sets.ts";

/** How the pictures are made. */
export interface EmojiOptions extends NpmOptions {
  /** All six by default. */
  readonly sets?: readonly EmojiSetName[] | undefined;
  /** Side of a picture, in pixels; 64 by default. */
  readonly size?: number | undefined;
  /** A color as CSS writes it; white by default. */
  readonly background?: string | undefined;
  /** Whether the variants of people and hands in five skin tones are made too; by default only the plain ones are. */
  readonly skinTones?: boolean | undefined;
  /** Called with the number of pictures that are made and with how many there will be. */
  readonly onPictures?: ((done: number, total: number) => void) | undefined;
  /** Called before the package of a set is read. */
  readonly onSet?: ((name: EmojiSetName) => void) | undefined;
}

/** A set as it was made. */
export interface MadeEmojiSet {
  readonly name: EmojiSetName;
  /** Of the npm package. */
  readonly version: string;
  readonly pictures: number;
  /** How many of them are in the test part. */
  readonly heldOut: number;
  /** Pictures that were not made, because they repeat another in a skin tone or have no caption in words. */
  readonly leftOut: number;
  readonly title: string;
  readonly author: string;
  readonly license: { readonly title: string; readonly url: string };
}

/** A picture to make. */
interface Task {
  readonly set: EmojiSetName;
  readonly icon: Icon;
  /** Words with hyphens: the name of the file, and the caption when the hyphens are spaces. */
  readonly name: string;
  /** Whether it is in the test part. */
  readonly held: boolean;
}

/** What is read of a package. */
const packageFiles = ["icons.json", "info.json", "chars.json"] as const;

/** Pictures that are rendered at once. */
const inFlight = 8;

/**
 * Makes a folder of emoji with captions: `train/<set>/<caption>.png`, a part `test` of pairs of caption and style that are
 * held out (see `heldOutPairs`), in both `metadata.jsonl` (`file_name`, `text`, `style`) as Hugging Face's ImageFolder reads
 * it, and `LICENSE.txt`. The class of a picture is the set, which is its style; its caption is its name. The pictures come
 * from the Iconify packages on npm, in fixed versions unless others are installed. The folder appears at once when all are
 * made. Throws UserError: `already-exists` where the folder is there, `network` where a package
 * cannot be fetched.
 *
 * @example
 * const sets = await makeEmoji("data/emoji", { sets: ["noto", "twemoji"], size: 32 });
 * for (const { title, license, pictures } of sets) console.log(title, license.title, pictures);
 */
export async function makeEmoji(out: string, options: EmojiOptions = {}): Promise<MadeEmojiSet[]> {
  const { sets = emojiSetNames, size = 64, background = "white", signal } = options;
  if ((await stat(out).catch(() => undefined)) !== undefined) {
    throw new UserError(
      `${out} is there already; remove it or choose another folder`,
      "already-exists",
    );
  }
  const sharp = await loadSharp();
  checkBackground(sharp, background);
  const hidden = (suffix: string) => join(dirname(out), `.${basename(out)}.${suffix}`);
  const [incoming, ready] = [hidden("download"), hidden("new")];
  await mkdir(incoming, { recursive: true });
  await rm(ready, { recursive: true, force: true });
  await mkdir(ready);
  try {
    const packages = await readPackages(sets, incoming, options);
    const words = wordsByJoined(packages.get(wordsFrom)?.icons ?? []);
    const chosen = [...new Set(sets)];
    const pairs = chosen.flatMap((set) => {
      const iconSet = packages.get(set)!; // every chosen set was read
      return pairsOf(set, iconSet, words, options.skinTones ?? false);
    });
    const held = heldOutPairs(pairs.map((pair) => ({ ...pair, body: pair.icon.body })));
    const names = new Set([...held].map(({ set, name }) => `${set}/${name}`));
    const tasks = pairs.map(
      (pair): Task => ({ ...pair, held: names.has(`${pair.set}/${pair.name}`) }),
    );
    await drawAll(tasks, ready, {
      sharp,
      size,
      background,
      signal,
      onPictures: options.onPictures,
    });
    const made = chosen.map((name): MadeEmojiSet => {
      const { icons, title, author, license, version } = packages.get(name)!; // likewise
      const own = tasks.filter(({ set }) => set === name);
      const [pictures, heldOut] = [own.length, own.filter(({ held }) => held).length];
      const leftOut = icons.length - pictures;
      return { name, version, pictures, heldOut, leftOut, title, author, license };
    });
    for (const part of partsOf(tasks)) {
      const lines = tasks.filter((task) => partOf(task) === part).map(metadataLine);
      await writeFile(join(ready, part, "metadata.jsonl"), lines.join(""));
    }
    await writeFile(join(ready, "LICENSE.txt"), licenseText(made, size));
    await rename(ready, out);
    return made;
  } finally {
    await rm(ready, { recursive: true, force: true });
    await rm(incoming, { recursive: true, force: true });
  }
}

type Sharp = Awaited<ReturnType<typeof loadSharp>>;

function checkBackground(sharp: Sharp, background: string): void {
  try {
    sharp({ create: { width: 1, height: 1, channels: 3, background } });
  } catch {
    throw new UserError(`“${background}” is not a color, such as white, gray or #ffffff`);
  }
}

type ReadSet = IconSet & { readonly version: string };

/** The chosen sets, and the one that has the words of the names of others. */
async function readPackages(
  sets: readonly EmojiSetName[],
  folder: string,
  { onSet, ...options }: EmojiOptions,
): Promise<ReadonlyMap<EmojiSetName, ReadSet>> {
  const needed = new Set(sets);
  if (sets.some((name) => emojiSets[name].names === "joined")) needed.add(wordsFrom);
  const packages = new Map<EmojiSetName, ReadSet>();
  for (const set of needed) {
    options.signal?.throwIfAborted();
    onSet?.(set);
    const name = `@iconify-json/${set}`;
    const { version, files } = await readNpmPackage(
      name,
      emojiSets[set].version,
      packageFiles,
      folder,
      options,
    );
    const [icons = "", info = "", chars] = packageFiles.map((path) => files.get(path));
    packages.set(set, { ...parseIconPackage({ icons, info, chars }, name), version });
  }
  return packages;
}

/** `redapple` → `red-apple`. */
function wordsByJoined(icons: readonly Icon[]): ReadonlyMap<string, string> {
  return new Map(icons.map(({ name }) => [name.replaceAll("-", ""), name]));
}

function pairsOf(
  set: EmojiSetName,
  { icons, toned }: IconSet,
  words: ReadonlyMap<string, string>,
  skinTones: boolean,
): Omit<Task, "held">[] {
  return icons
    .flatMap((icon): Omit<Task, "held">[] => {
      const name = emojiSets[set].names === "joined" ? words.get(icon.name) : icon.name;
      if (name === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return [];
      if (!skinTones && (toned.has(icon.name) || name.includes("skin-tone"))) return [];
      return [{ set, icon, name }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface DrawOptions extends Pick<EmojiOptions, "signal" | "onPictures"> {
  readonly sharp: Sharp;
  readonly size: number;
  readonly background: string;
}

async function drawAll(
  tasks: readonly Task[],
  folder: string,
  { signal, onPictures, ...how }: DrawOptions,
): Promise<void> {
  const folders = new Set(tasks.map((task) => join(folder, partOf(task), task.set)));
  for (const path of folders) await mkdir(path, { recursive: true });
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < tasks.length) {
      signal?.throwIfAborted();
      const task = tasks[next++]!; // next is below the length
      await writeFile(join(folder, partOf(task), fileOf(task)), await draw(task, how));
      onPictures?.(++done, tasks.length);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** Where a picture lies in its part. */
const fileOf = ({ set, name }: Task): string => `${set}/${name}.png`;

const partOf = ({ held }: Task): string => (held ? "test" : "train");

const partsOf = (tasks: readonly Task[]): ReadonlySet<string> => new Set(tasks.map(partOf));

async function draw(
  { set, icon }: Task,
  { sharp, size, background }: Pick<DrawOptions, "sharp" | "size" | "background">,
): Promise<Uint8Array> {
  try {
    const { data, info } = await sharp(Buffer.from(svgOf(icon, size)))
      .flatten({ background })
      .toColorspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return encodePng({ width: info.width, height: info.height, channels: 3, data });
  } catch (error) {
    throw new UserError(
      `the picture ${icon.name} of ${set} cannot be drawn: ${(error as Error).message}`,
      "damaged-file",
      { cause: error },
    );
  }
}

function metadataLine(task: Task): string {
  const { set, name } = task;
  return `${JSON.stringify({ file_name: fileOf(task), text: name.replaceAll("-", " "), style: set })}\n`;
}

function licenseText(sets: readonly MadeEmojiSet[], size: number): string {
  const lines = sets.map(
    ({ name, version, title, author, license }) =>
      `${name}: ${title} by ${author}\n  ${license.title}${license.url === "" ? "" : `, ${license.url}`}\n` +
      `  from the npm package @iconify-json/${name}, version ${version}\n`,
  );
  return (
    "The pictures in the folders of these names are emoji of the following makers, under the licenses named.\n" +
    `They were drawn from SVG files to PNG files of ${size}×${size} pixels, and not changed otherwise.\n\n` +
    `${lines.join("\n")}`
  );
}
