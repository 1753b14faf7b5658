import { extname, join, relative, sep } from "node:path";
import type { ImageSource } from "../../data/images/imageSource.ts";
import { UserError } from "../../errors/userError.ts";

/**
 * The name of each picture of a folder, without an ending and with slashes; of an array of pictures its class and number. Throws UserError
 * where two would be the same, which become `${name}${ending}`.
 */
export function pictureNames(folder: string, source: ImageSource, ending: string): string[] {
  const found = new Map<string, number>();
  return Array.from({ length: source.count }, (_, i) => {
    const path = source.enlargeable
      ? relative(folder, source.name(i))
      : join(source.classNames[source.label(i)] ?? "", `${i}`.padStart(6, "0"));
    const name = path.slice(0, path.length - extname(path).length).replaceAll(sep, "/");
    const same = found.get(name);
    if (same !== undefined)
      throw new UserError(
        `${source.name(same)} and ${source.name(i)} would both become ${name}${ending}: rename one of them`,
      );
    found.set(name, i);
    return name;
  });
}

/** Names for the pictures of a set: undefined of an array, whose pictures have none. */
export const ownNames = (folder: string, source: ImageSource): string[] | undefined =>
  source.enlargeable ? pictureNames(folder, source, ".png") : undefined;
