import type { Dirent, Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import type { Notice } from "../files/notice.ts";
import { kindOf } from "../files/readWholeFile.ts";
import { readCaptions } from "./captions.ts";
import { readImage } from "./decodeImage.ts";
import { imageExtensions } from "./imageExtensions.ts";
import type { LabeledImages } from "./imageSource.ts";

/** The picture files of a folder, class by class, both in the order of their names. */
export interface ImageFolder {
  /** Names of the class folders; none where the pictures lie in the folder itself. */
  readonly classes: readonly string[];
  readonly files: readonly { readonly path: string; readonly label: number }[];
}

/** The entries of a folder in the order of names, links followed. */
export interface FolderEntries {
  readonly folders: readonly string[];
  readonly images: readonly string[];
  /** Sentences about entries with the name of a picture that cannot be one: pipes, devices, links to nothing. */
  readonly passedOver: readonly string[];
}

/**
 * Lists a folder of pictures: every sub-folder is a class; without sub-folders all are of one class. Links to folders and
 * files are followed. `notice` hears of entries that are passed over. Throws UserError where there are no pictures, where a
 * class has none, and where pictures lie beside folders.
 */
export async function listImageFolder(
  path: string,
  notice: Notice = () => {},
): Promise<ImageFolder> {
  const { folders, images, passedOver } = await look(path);
  passedOver.forEach(notice);
  if (folders.length === 0) {
    if (images.length === 0) throw new UserError(`${path} holds no pictures (${known})`);
    return { classes: [], files: images.map((name) => ({ path: join(path, name), label: 0 })) };
  }
  if (images.length > 0) {
    throw new UserError(
      `${path} holds both pictures and folders; move ${images[0]} and the like into a folder of their class`,
    );
  }
  const files = await Promise.all(
    folders.map(async (name, label) => {
      const ofClass = await look(join(path, name));
      ofClass.passedOver.forEach(notice);
      if (ofClass.images.length === 0) {
        throw new UserError(`the class folder ${join(path, name)} holds no pictures (${known})`);
      }
      return ofClass.images.map((file) => ({ path: join(path, name, file), label }));
    }),
  );
  return { classes: folders, files: files.flat() };
}

/** The pictures of a folder as a list, with their captions; `name` is the class of pictures that have no class folder. */
export async function folderImages(
  path: string,
  name: string,
  notice?: Notice,
): Promise<LabeledImages> {
  const { classes, files } = await listImageFolder(path, notice);
  const captions = await readCaptions(
    path,
    files.map((file) => file.path),
    notice,
  );
  return {
    count: files.length,
    classNames: classes.length === 0 ? [name] : classes,
    enlargeable: true,
    label: (i) => files[i]!.label,
    name: (i) => files[i]!.path,
    ...(captions && { caption: (i) => captions[i]! }),
    read: (i, options) => readImage(files[i]!.path, options),
  };
}

/** The class of pictures in a folder without class folders. */
export const ownClass = (path: string): string => basename(path);

const known = [...imageExtensions].join(" ");

/** The folders and pictures of a folder. Hidden entries and files of other kinds (a README, a list of labels) are ignored. */
export async function look(path: string): Promise<FolderEntries> {
  const entries = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith("."))
    // By code units, not by locale: the order, and so every seeded run, is the same on every machine.
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(entries.map((entry) => kindOfEntry(path, entry)));
  const named = (kind: string) =>
    entries.filter((_, i) => found[i]?.kind === kind).map(({ name }) => name);
  return {
    folders: named("folder"),
    images: named("image"),
    passedOver: found.flatMap((entry) => (entry?.kind === "other" ? [entry.sentence] : [])),
  };
}

/** What an entry is; undefined where it is of no concern. A link is followed once, so a circle of links ends here. */
async function kindOfEntry(path: string, entry: Dirent) {
  if (entry.isDirectory()) return { kind: "folder" } as const;
  const isNamed = imageExtensions.has(extname(entry.name).toLowerCase());
  if (entry.isFile()) return isNamed ? ({ kind: "image" } as const) : undefined;
  const whole = join(path, entry.name);
  const target: Stats | undefined = await stat(whole).catch(() => undefined);
  if (target?.isDirectory()) return { kind: "folder" } as const;
  if (!isNamed) return undefined;
  if (target?.isFile()) return { kind: "image" } as const;
  const what = target === undefined ? "a link that leads nowhere" : kindOf(target);
  return { kind: "other", sentence: `${whole} is ${what} and is left out` } as const;
}
