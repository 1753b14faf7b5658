import type { DecodeOptions } from "./openPicture.ts";
import type { Raster } from "./raster.ts";

/** A part of a data set that comes in two, or both. */
export type Part = "train" | "test" | "all";

/** A list of labeled pictures; a picture is decoded when it is read. */
export interface ImageSource {
  /** Which part this is; `all` where the data do not come in parts. */
  readonly part: Part;
  readonly count: number;
  /** Names of the classes, the same for both parts; classes that only the test part has come last. */
  readonly classNames: readonly string[];
  /** False for IDX arrays: their pictures have the size they were made for. */
  readonly enlargeable: boolean;
  /** The class of picture `i`, as an index into `classNames`. */
  label(i: number): number;
  /** What messages call picture `i`. */
  name(i: number): string;
  /** The caption of picture `i`, "" where it has none; absent where no picture has one. */
  readonly caption?: ((i: number) => string) | undefined;
  /** Decodes picture `i`. Throws UserError, naming it, where it is damaged. */
  read(i: number, options?: DecodeOptions): Promise<Raster>;
}

/** Pictures with the names of their classes: a source without the classes of other parts. */
export interface LabeledImages
  extends Pick<ImageSource, "count" | "enlargeable" | "name" | "caption" | "read"> {
  readonly classNames: readonly string[];
  label(i: number): number;
}

/** One or two lists one after the other, with the labels of `classNames`, which holds all names of theirs. */
export function joined(
  part: Part,
  classNames: readonly string[],
  lists: readonly [LabeledImages, ...LabeledImages[]],
): ImageSource {
  const starts = lists.map((_, k) => lists.slice(0, k).reduce((sum, { count }) => sum + count, 0));
  const maps = lists.map((list) => list.classNames.map((name) => classNames.indexOf(name)));
  const pick = <T>(i: number, use: (list: LabeledImages, i: number, k: number) => T): T => {
    const k = starts.findLastIndex((start) => start <= i);
    const list = lists[k];
    if (list === undefined) throw new RangeError(`there is no picture ${i}`);
    return use(list, i - starts[k]!, k);
  };
  return {
    part,
    count: lists.reduce((sum, { count }) => sum + count, 0),
    classNames,
    enlargeable: lists[0].enlargeable,
    label: (i) => pick(i, (list, j, k) => maps[k]![list.label(j)]!),
    name: (i) => pick(i, (list, j) => list.name(j)),
    ...(lists.some(({ caption }) => caption) && {
      caption: (i) => pick(i, (list, j) => list.caption?.(j) ?? ""),
    }),
    read: (i, options) => pick(i, (list, j) => list.read(j, options)),
  };
}
