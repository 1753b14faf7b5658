import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { checkOutput } from "../../data/files/checkOutput.ts";
import { fingerprintOf } from "../../data/files/fingerprint.ts";
import { makeFolder } from "../../data/files/makeFolder.ts";
import { isUnreadable } from "../../data/images/loadImages.ts";
import { openImages } from "../../data/images/openImages.ts";
import { gatherNotes, type PictureNote } from "../../data/images/pictureNote.ts";
import { readOf } from "../../data/images/readPicture.ts";
import { UserError } from "../../errors/userError.ts";
import type { Io, Result } from "../parser/command.ts";
import { type Compressed, compress } from "./compressPicture.ts";
import { type EncodeArgs, writesTokens } from "./encodeOptions.ts";
import { pictureNames } from "./pictureNames.ts";
import { type CommandWork, doWork } from "./sharedWork.ts";

/** A picture of a folder, compressed; `undefined` instead of the figures where it could not be read. */
interface Encoded {
  readonly name: string;
  readonly compressed: Compressed | undefined;
  /** Whether the file has been written already, and is not kept here. */
  readonly isWritten?: boolean;
  readonly notes: readonly PictureNote[];
}

/** Pictures that a process compresses before it keeps them. */
const together = 8;

/** Compresses every picture of a folder to a file of its own, shared out over processes where that is asked for. */
export async function encodeFolder(args: EncodeArgs, io: Io): Promise<Result> {
  const { image: folder, out } = args;
  await checkOutput(out, [folder]);
  const source = await openImages(folder, { part: "all", notice: io.log });
  const names = pictureNames(folder, source, ".ondl").map((name) => `${name}.ondl`);
  await makeFolder(out);

  const encode = async (i: number): Promise<Encoded> => {
    const notes: PictureNote[] = [];
    const name = names[i]!; // one each
    try {
      const onNote = (note: PictureNote) => notes.push(note);
      const read = await readOf(source, i, { keepsOrigin: args.metadata, onNote });
      return { name, compressed: compress(read, args, source.name(i), onNote), notes };
    } catch (error) {
      if (args.strict || !isUnreadable(error)) throw error;
      notes.push({ kind: "left-out", sentence: `${error.message}; it is left out` });
      return { name, compressed: undefined, notes };
    }
  };
  const {
    wavelet,
    finest,
    lossless,
    smallest,
    language,
    color,
    strict,
    bytes,
    bpp,
    psnr,
    quality,
    metadata,
    perceptual,
    order,
    tiles,
  } = args;
  const work: CommandWork<Encoded[]> = {
    settings: {
      ...{ wavelet, finest, lossless, smallest, language, color, strict },
      ...{ bytes, bpp, psnr, quality, metadata, perceptual, order, tiles },
      data: await fingerprintOf(folder),
    },
    ...{ items: source.count, together },
    progress: { label: "encoding", unit: "pictures", total: source.count },
    async compute({ first, end }, report) {
      const encoded: Encoded[] = [];
      for (let i = first; i < end; i++) {
        io.signal.throwIfAborted();
        encoded.push(await encode(i));
        report(i + 1 - first);
        await setImmediate(); // for Ctrl-C and the bar
      }
      if (!io.process.tell) return encoded;
      // A process that another one started writes its files itself, where that one finds them.
      await writeAll(out, encoded);
      return encoded.map((one) => ({ ...one, isWritten: true, compressed: withoutFile(one) }));
    },
  };
  return doWork(args, io, work, async (parts) => {
    const sum = { pictures: 0, bytes: 0, pixels: 0, tokens: 0, lossless: 0, psnr: 0 };
    const notes = gatherNotes();
    for await (const part of parts) {
      await writeAll(out, part);
      for (const { compressed, notes: own } of part) {
        own.forEach(notes.add);
        if (!compressed) continue;
        sum.pictures++;
        sum.bytes += compressed.bytes;
        sum.pixels += compressed.width * compressed.height;
        if (compressed.tokens !== null) sum.tokens += compressed.tokens;
        if (compressed.psnr === null) sum.lossless++;
        else sum.psnr += compressed.psnr;
      }
    }
    notes.report(io.log);
    const { pictures, bytes, pixels, lossless } = sum;
    const tokens = writesTokens(args) ? sum.tokens : null;
    if (pictures === 0) throw new UserError(`no picture of ${folder} can be read`, "damaged-file");
    const bitsPerPixel = (8 * bytes) / pixels;
    const psnr = lossless === pictures ? null : sum.psnr / (pictures - lossless);
    await removeHalfWritten(out);
    const quality = psnr === null ? "lossless" : `mean PSNR ${psnr.toFixed(2)} dB`;
    io.print(
      `${out}: ${pictures} pictures, ${bytes} bytes, ${bitsPerPixel.toFixed(3)} bits per pixel, ` +
        `${quality}${tokens === null ? "" : `, ${tokens} tokens`}`,
    );
    return { folder: out, pictures, bytes, bitsPerPixel, psnr, lossless, tokens };
  });
}

const withoutFile = ({ compressed }: Encoded): Compressed | undefined =>
  compressed && { ...compressed, file: new Uint8Array(0) };

/**
 * Writes the compressed pictures, all at once, since each waits for the disk. Throws UserError where one that has been written
 * already is gone.
 */
async function writeAll(out: string, pictures: readonly Encoded[]): Promise<void> {
  await Promise.all(
    pictures.map(async ({ name, compressed, isWritten }) => {
      if (!compressed) return;
      const path = join(out, name);
      if (isWritten) {
        const found = await stat(path).catch(() => undefined);
        if (found?.size === compressed.bytes) return;
        throw new UserError(
          `${path} was written by an earlier run and is gone or changed; name another folder, which begins anew`,
        );
      }
      if (dirname(name) !== ".") await makeFolder(dirname(path));
      await writeFileAtomically(path, compressed.file);
    }),
  );
}

/** Removes what a process that was killed left of files that it wrote. */
async function removeHalfWritten(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (/^\..+\.ondl\.[0-9a-f]{8}\.tmp$/.test(basename(name))) {
      await rm(join(folder, name), { force: true });
    }
  }
}
