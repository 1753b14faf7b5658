import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../../src/data/files/atomicWrite.ts";
import type { Raster } from "../../src/data/images/raster.ts";
import type { Trial } from "./bracket.ts";
import type { Contestant } from "./contestant.ts";
import { rasterPsnr } from "./psnr.ts";

/** A picture with its name. */
export interface Picture {
  readonly name: string;
  readonly raster: Raster;
}

/** A trial, or undefined where a codec has no file or no picture of so few bytes. */
export type Try = (
  contestant: Contestant,
  picture: Picture,
  key: number,
) => Promise<Trial | undefined>;

/** Figures of one contestant and one picture by bytes or by step of its scale; PSNR null is Infinity, which JSON lacks. */
type Known = Record<string, { readonly bytes: number; readonly psnr: number | null } | null>;

/**
 * Encodes a picture at a number of bytes, or at a step of a scale, and decodes it. What a contestant with a version gave is kept in
 * `folder`, where one is given, by hashes of version and picture.
 */
export function trialsIn(folder: string | undefined): Try {
  const opened = new Map<string, Promise<Known>>();
  return async (contestant, { raster }, key) => {
    const { version } = contestant;
    if (version === undefined) return attempt(contestant, raster, key);
    const name = `${hashOf(version)}-${pictureHash(raster)}.json`;
    const reading = opened.get(name) ?? read(folder, name);
    opened.set(name, reading);
    const known = await reading;
    let found = known[key];
    if (found === undefined) {
      found = (await attempt(contestant, raster, key)) ?? null;
      known[key] = found;
      if (folder !== undefined)
        await writeFileAtomically(join(folder, name), Buffer.from(JSON.stringify(known)));
    }
    return found ? { bytes: found.bytes, psnr: found.psnr ?? Infinity } : undefined;
  };
}

async function read(folder: string | undefined, name: string): Promise<Known> {
  if (folder === undefined) return {};
  await mkdir(folder, { recursive: true });
  return readFile(join(folder, name), "utf8").then(
    (text) => JSON.parse(text),
    (error) => {
      if (error.code === "ENOENT") return {};
      throw error;
    },
  );
}

async function attempt(
  contestant: Contestant,
  raster: Raster,
  key: number,
): Promise<Trial | undefined> {
  const file = await contestant.encode(raster, key);
  if (!file) return undefined;
  if (contestant.kind === "bytes" && file.length > key)
    throw new Error(`${contestant.name} needs ${file.length} bytes instead of ${key}`);
  const decoded = await contestant.decode(file, raster.channels).catch((error) => {
    if (contestant.kind === "bytes" && contestant.isPrefix) return undefined;
    throw error;
  });
  return decoded && { bytes: file.length, psnr: rasterPsnr(raster, decoded) };
}

const hashOf = (data: string | Uint8Array) =>
  createHash("sha256").update(data).digest("hex").slice(0, 16);

const hashes = new WeakMap<Raster, string>();
function pictureHash(raster: Raster): string {
  const { width, height, channels, data } = raster;
  const hash = hashes.get(raster) ?? hashOf(`${width} ${height} ${channels} ${hashOf(data)}`);
  hashes.set(raster, hash);
  return hash;
}
