import { UserError } from "../../errors/userError.ts";

/** A picture of an Iconify package. */
export interface Icon {
  /** Such as `red-apple`. */
  readonly name: string;
  /** What stands between `<svg>` and `</svg>`. */
  readonly body: string;
  /** The part of the plane that is seen. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An Iconify package, read. */
export interface IconSet {
  readonly icons: readonly Icon[];
  /** Names of the pictures that stand for sequences with a skin tone, where the package says so. */
  readonly toned: ReadonlySet<string>;
  readonly title: string;
  readonly author: string;
  readonly license: { readonly title: string; readonly url: string };
}

/** The files of a package that are read; `chars.json` is absent from some. */
export interface IconPackage {
  readonly icons: string;
  readonly info: string;
  readonly chars?: string | undefined;
}

/**
 * Reads the JSON files of an Iconify package; `name` is for messages. Pictures that the makers have withdrawn are left out,
 * and those that have lost their colors on the way into the package.
 *
 * Source: https://iconify.design/docs/types/iconify-json.html
 */
export function parseIconPackage(files: IconPackage, name: string): IconSet {
  const set = record(files.icons, name);
  const info = record(files.info, name);
  const chars = files.chars === undefined ? {} : record(files.chars, name);
  const usual = { left: 0, top: 0, width: 16, height: 16, ...numbersOf(set) };
  const icons = Object.entries(objectOf(set.icons)).flatMap(([iconName, value]): Icon[] => {
    const icon = objectOf(value);
    if (icon.hidden === true || lacksColors(icon.body)) return [];
    if (typeof icon.body !== "string")
      throw unreadable(name, `the picture ${iconName} has no body`);
    return [{ ...usual, ...numbersOf(icon), name: iconName, body: icon.body }];
  });
  if (icons.length === 0) throw unreadable(name, "it has no pictures");
  const license = objectOf(info.license);
  return {
    icons,
    toned: new Set(
      Object.entries(chars).flatMap(([codes, iconName]) =>
        skinTone.test(codes) && typeof iconName === "string" ? [iconName] : [],
      ),
    ),
    title: textOf(info.name, name),
    author: textOf(objectOf(info.author).name, "unknown"),
    license: { title: textOf(license.title, "unknown"), url: textOf(license.url, "") },
  };
}

/** Whether a picture names styles that its package does not have: it would be drawn in black. */
const lacksColors = (body: unknown): boolean =>
  typeof body === "string" && body.includes(' class="') && !body.includes("<style");

/** One of the five modifiers U+1F3FB to U+1F3FF within a sequence such as `1f44b-1f3fb`. */
const skinTone = /-1f3f[b-f]/;

/** A picture as an SVG file of a square of `size` pixels. */
export function svgOf({ body, left, top, width, height }: Icon, size: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}" ` +
    `viewBox="${left} ${top} ${width} ${height}">${body}</svg>`
  );
}

function record(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    throw unreadable(name, "one of its files is not JSON");
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

const textOf = (value: unknown, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;

/** Those of the four numbers that a record has. */
function numbersOf(value: Readonly<Record<string, unknown>>) {
  const found: { left?: number; top?: number; width?: number; height?: number } = {};
  for (const key of ["left", "top", "width", "height"] as const) {
    const number = value[key];
    if (typeof number === "number") found[key] = number;
  }
  return found;
}

const unreadable = (name: string, reason: string) =>
  new UserError(`${name} is not an Iconify package that can be read: ${reason}`, "damaged-file");
