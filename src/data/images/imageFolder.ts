import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { imageExtensions } from "./imageExtensions.ts";

/** The picture files of a folder, class by class, both in the order of their names. */
export interface ImageFolder {
  readonly classNames: readonly string[];
  readonly files: readonly { readonly path: string; readonly label: number }[];
}

/** Lists a folder of pictures: every sub-folder is a class; without sub-folders all are of one class. */
export async function listImageFolder(path: string): Promise<ImageFolder> {
  const { folders, images } = await look(path);
  if (folders.length === 0) {
    if (images.length === 0) throw new UserError(`${path} holds no pictures (${known})`);
    return {
      classNames: [basename(path)],
      files: images.map((name) => ({ path: join(path, name), label: 0 })),
    };
  }
  if (images.length > 0) {
    throw new UserError(
      `${path} holds both pictures and folders; move ${images[0]} and the like into a folder of their class`,
    );
  }
  const files = await Promise.all(
    folders.map(async (name, label) => {
      const ofClass = (await look(join(path, name))).images;
      if (ofClass.length === 0) {
        throw new UserError(`the class folder ${join(path, name)} holds no pictures (${known})`);
      }
      return ofClass.map((file) => ({ path: join(path, name, file), label }));
    }),
  );
  return { classNames: folders, files: files.flat() };
}

const known = [...imageExtensions].join(" ");

/** Hidden entries and files of other kinds (a README, a list of labels) are nobody's business here. */
async function look(path: string): Promise<{ folders: string[]; images: string[] }> {
  const entries = (await readdir(path, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith("."))
    // By code units, not by locale: the order, and so every seeded run, is the same on every machine.
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const named = (keep: (entry: (typeof entries)[number]) => boolean) =>
    entries.filter(keep).map(({ name }) => name);
  return {
    folders: named((entry) => entry.isDirectory()),
    images: named(
      (entry) => !entry.isDirectory() && imageExtensions.has(extname(entry.name).toLowerCase()),
    ),
  };
}
