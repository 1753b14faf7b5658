import { readSections, type Section, writeSections } from "../../codec/file/sections.ts";
import { type Picture, whiteOf } from "../../data/images/picture.ts";
import { createRandom, type Random } from "../../data/random/random.ts";
import { UserError } from "../../errors/userError.ts";
import { codeLosslessly } from "../compression/codePicture.ts";
import { laidOut } from "../compression/layout/encodeLaidOut.ts";
import { codeToAim } from "../compression/rate.ts";
import { flatPicture, photoPicture } from "../compression/testing.ts";
import { codeFile } from "./codeFile.ts";
import { decodeSet } from "./decodeSet.ts";
import { encodeSet } from "./encodeSet.ts";
import { isPictureName } from "./names.ts";
import { readPictureFile, writePictureFile } from "./pictureFile.ts";
import { isSetFile } from "./setFile.ts";
import type { Wanted } from "./viewPicture.ts";

/*
 * Mutated files of pictures: what a decoder must stand. Each follows from a seed and a number, so that one that fails can be made
 * again.
 */

/** The most pixels of a mutated file that are decoded. */
const mostPixels = 1024;

/** Files of small pictures of all kinds, from which mutations start. */
export function seedFiles(): readonly Uint8Array[] {
  const pictures = [
    photoPicture(1, 1, 3),
    photoPicture(3, 2, 1),
    photoPicture(8, 8, 3),
    photoPicture(16, 11, 1),
    photoPicture(20, 17, 3),
    photoPicture(1, 40, 3),
    flatPicture(12, 9, [3, 200, 90]),
  ];
  const alpha = photoPicture(9, 7, 1).data;
  const deep = Uint16Array.from(photoPicture(9, 7, 3).data, (x, i) => 200 * x + (i % 50));
  const others: readonly Picture[] = [
    { ...photoPicture(9, 7, 3), alpha },
    { ...photoPicture(9, 7, 1), alpha: alpha.map((x) => (x > 120 ? 255 : 0)) },
    { width: 9, height: 7, channels: 3, data: deep },
    { width: 9, height: 7, channels: 1, data: Uint16Array.from(alpha, (x) => 257 * x) },
    { ...photoPicture(20, 17, 3), data: photoPicture(20, 17, 3).data.map((x) => x & 192) },
    { ...photoPicture(9, 7, 1), data: deep.slice(0, 63).map((x) => x & 0x8100) },
  ];
  const more = others.flatMap((picture) =>
    (["lossless", { quality: 80 }] as const).map((aim) => codeFile(picture, aim).file),
  );
  const files = pictures.flatMap((picture) =>
    [
      codeLosslessly(picture),
      codeToAim(picture, { quality: 90 }),
      codeToAim(picture, { quality: 30 }),
      codeToAim(picture, { quality: 60 }, undefined, 40),
      codeToAim(picture, { bytes: 60 }),
    ].map(({ head, code }) => writePictureFile(head, code)),
  );
  const layouts = [
    { order: "resolution", tileSide: undefined },
    { order: "quality", tileSide: 64 },
    { order: "resolution", tileSide: 64 },
  ] as const;
  // Wide enough for several tiles, and of fewer pixels than are decoded.
  const strips = [photoPicture(90, 7, 3), photoPicture(5, 140, 1)];
  const laid = [...pictures.slice(3, 6), ...strips].flatMap((picture) =>
    layouts.flatMap((layout) =>
      [
        codeLosslessly(picture, laidOut(layout)),
        codeToAim(picture, { quality: 60 }, laidOut(layout)),
        codeToAim(picture, { bytes: 150 }, laidOut(layout)),
      ].map(({ head, code }) => writePictureFile(head, code)),
    ),
  );
  // Opacity beside tiles: two codes, of which one is laid out.
  const [layout] = layouts.slice(2);
  const clear = photoPicture(90, 7, 1).data;
  const both = (["lossless", { quality: 70 }] as const).map(
    (aim) => codeFile({ ...strips[0]!, alpha: clear }, aim, {}, laidOut(layout!)).file,
  );
  return [...files, ...more, ...laid, ...both, ...setFiles()];
}

/** Files of sets: of one kind, of several, with names and without. */
function setFiles(): readonly Uint8Array[] {
  const alike = [1, 2, 3, 4].map((seed) => ({ raster: photoPicture(9, 8, 1, seed) }));
  const others = [photoPicture(3, 2, 3), flatPicture(7, 5, [20]), photoPicture(12, 3, 3)];
  const named = others.map((raster, i) => ({ raster, name: `a/${i}` }));
  const deep = { width: 4, height: 3, channels: 1, data: new Uint16Array(12).fill(999) } as const;
  return [alike, named, [...alike, { raster: deep }]].flatMap((pictures) =>
    ([{ lossless: true }, { quality: 70 }] as const).map((aim) => encodeSet(pictures, aim).file),
  );
}

/** The mutation of this number: of one of the files, with checksums repaired in most. */
export function mutated(files: readonly Uint8Array[], seed: number, number: number): Uint8Array {
  const random = createRandom(`${seed} ${number}`);
  const file = files[below(random, files.length)]!;
  if (below(random, 4) === 0) return someTimes(random, file, mutateBytes);
  const sections = someTimes(random, readSections(file, "the seed"), mutateSections);
  const repaired = writeSections(sections);
  return below(random, 8) === 0 ? mutateBytes(random, repaired) : repaired;
}

const below = (random: Random, limit: number) => Math.floor(limit * random.uniform());

function someTimes<T>(random: Random, start: T, mutate: (random: Random, value: T) => T): T {
  let value = start;
  for (let left = 1 + below(random, 3); left > 0; left--) value = mutate(random, value);
  return value;
}

/** Flips a bit, sets a byte, cuts the end off, takes bytes out, puts bytes in, says some twice. */
function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const at = below(random, bytes.length + 1);
  const end = Math.min(at + 1 + below(random, 12), bytes.length);
  const changed = bytes.slice();
  switch (below(random, 6)) {
    case 0:
      if (at < bytes.length) changed[at]! ^= 1 << below(random, 8);
      return changed;
    case 1:
      if (at < bytes.length) changed[at] = anyByte(random);
      return changed;
    case 2:
      return bytes.slice(0, at);
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(end));
    case 4:
      return joined(bytes.subarray(0, at), anyBytes(random, 12), bytes.subarray(at));
    default:
      return joined(bytes.subarray(0, end), bytes.subarray(at));
  }
}

type Content = Pick<Section, "type" | "content">;

/** Changes the head's fields, the code, or the list of sections. */
function mutateSections(random: Random, sections: readonly Content[]): readonly Content[] {
  const i = below(random, sections.length);
  const { type, content } = sections[i] ?? { type: "P", content: new Uint8Array(0) };
  const replaced = (section: Content) => sections.map((own, k) => (k === i ? section : own));
  switch (below(random, 8)) {
    case 0:
    case 1:
    case 2:
      return replaced({
        type,
        content: /[PA]/.test(type)
          ? edited(random, content)
          : /[TSnNVOF]/.test(type)
            ? mutateBytes(random, content)
            : code(random),
      });
    case 3:
      return replaced({ type: String.fromCharCode(65 + below(random, 58)), content });
    case 4:
      return [
        ...sections.slice(0, i),
        { type: "q", content: anyBytes(random, 40) },
        ...sections.slice(i),
      ];
    case 5:
      return sections.filter((_, k) => k !== i);
    case 6:
      return [...sections].reverse();
    default:
      return replaced({ type, content: mutateBytes(random, content) });
  }
}

/** A head with another flag, number of levels, plane, size, step or rotation. */
function edited(random: Random, head: Uint8Array): Uint8Array {
  const content = head.slice();
  const put = (at: number, value: number) => {
    if (at < content.length) content[at] = value;
  };
  switch (below(random, 7)) {
    case 5:
      put(content.length - 1, anyByte(random));
      break;
    case 0:
      put(0, below(random, 32) + 32 * below(random, below(random, 4) === 0 ? 8 : 4));
      break;
    case 1:
      put(1, below(random, 17));
      break;
    case 2:
      put(2, below(random, 29) - 2);
      break;
    case 3: {
      const at = 3 + 2 * below(random, 2);
      put(at, below(random, below(random, 8) === 0 ? 256 : 64));
      put(at + 1, below(random, 16) === 0 ? anyByte(random) : 0);
      break;
    }
    case 4:
      for (let at = 7; at < 11; at++) if (below(random, 2) === 0) put(at, anyByte(random));
      break;
    default:
      for (let at = 11; at < 19; at++) put(at, below(random, 3) === 0 ? 0 : anyByte(random));
  }
  return content;
}

/** A code of zeros, of ones, or of any bytes. */
function code(random: Random): Uint8Array {
  const length = below(random, 80);
  const fill = [0, 255][below(random, 3)];
  return Uint8Array.from({ length }, () => fill ?? anyByte(random));
}

/** Bytes of which many are at the ends of their range. */
const anyByte = (random: Random) =>
  [0, 1, 127, 128, 254, 255][below(random, 12)] ?? below(random, 256);

const anyBytes = (random: Random, most: number) =>
  Uint8Array.from({ length: below(random, most + 1) }, () => anyByte(random));

const joined = (...parts: readonly Uint8Array[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** What is wanted of mutated files, by turns: mostly the whole. */
const views: readonly Wanted[] = [
  {},
  {},
  { size: 5 },
  {},
  { region: { x: 1, y: 1, width: 3, height: 2 } },
];

/** What became of a mutated file: decoded, or refused; the rest are faults. */
export type Outcome = "decoded" | "cut short" | "refused";

/**
 * Decodes a file as a stranger's: the whole, or a size or a region of it, by its number. Throws what is a fault: any error that is not a UserError, or a picture that is not what the head says.
 */
export function outcomeOf(file: Uint8Array, number = 0): Outcome {
  const wanted = views[number % views.length]!; // one of them
  try {
    if (isSetFile(file, "a file")) return outcomeOfSet(file);
    const { raster, head, missingBytes, finished } = readPictureFile(file, "a file", {
      ...{ mostPixels, ...wanted },
    });
    const { width, height, channels, data } = raster;
    const { region, size } = wanted;
    const whole = region ?? head;
    const longer = Math.max(width, height);
    const isOfSize =
      size === undefined
        ? width === whole.width && height === whole.height
        : longer === size && Math.min(width, height) <= longer;
    if (!isOfSize || channels !== head.channels)
      throw new Error(`${width}×${height}×${channels} instead of what was wanted`);
    if (data.length !== width * height * channels || data.some((x) => x > whiteOf(raster)))
      throw new Error(`${data.length} samples of ${width}×${height}×${channels}`);
    return finished && missingBytes === 0 ? "decoded" : "cut short";
  } catch (error) {
    if (error instanceof UserError) return "refused";
    throw error;
  }
}

/** Pictures of a mutated set that are decoded at most: a file of few bytes can have very many. */
const mostPictures = 200;

function outcomeOfSet(file: Uint8Array): Outcome {
  const { count, pictures, missingBytes } = decodeSet(file, { mostPixels });
  let seen = 0;
  for (const { raster, name } of pictures) {
    const { width, height, channels, data } = raster;
    if (data.length !== width * height * channels || data.some((x) => x > whiteOf(raster)))
      throw new Error(`${data.length} samples of ${width}×${height}×${channels}`);
    if (name !== undefined && !isPictureName(name)) throw new Error(`a picture's name is ${name}`);
    if (++seen === mostPictures) break;
  }
  return seen >= Math.min(count, mostPictures) && missingBytes === 0 ? "decoded" : "cut short";
}
